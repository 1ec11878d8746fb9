// Lists whose rows can be chosen: [data-rows] holds [data-row] elements, one of them carries .sel and the page's focus.
// Choosing a row shows its evidence (data-evidence) and tells the page: "bywhen:row" on the row.
import { evidenceShow } from "./drawer.js";

const visible = (row) => row.offsetParent !== null;

export function rowsOf(place = document) {
  return [...place.querySelectorAll("[data-rows] [data-row]")].filter(visible);
}

export function rowChosen() {
  return document.querySelector("[data-rows] [data-row].sel");
}

export function rowChoose(row, { focus = true, open = false } = {}) {
  if (!row) return;
  document.querySelectorAll("[data-rows] [data-row].sel").forEach((other) => {
    if (other === row) return;
    other.classList.remove("sel");
    other.removeAttribute("aria-current");
    other.tabIndex = -1;
  });
  const same = row.classList.contains("sel");
  row.classList.add("sel");
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  if (focus) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  if (!same || open) evidenceShow(row.dataset.evidence, { open, from: row });
  row.dispatchEvent(new CustomEvent("bywhen:row", { bubbles: true }));
}

export function rowStep(step) {
  const rows = rowsOf();
  if (!rows.length) return;
  const at = rows.indexOf(rowChosen());
  rowChoose(rows[Math.max(0, Math.min(rows.length - 1, at + step))]);
}

export function startRows() {
  const prepare = () => {
    const rows = rowsOf();
    rows.forEach((row) => { row.tabIndex = row.classList.contains("sel") ? 0 : -1; });
    if (rows.length && !rowChosen()) rows[0].tabIndex = 0;
  };
  prepare();
  let last = -1;
  document.body.addEventListener("htmx:beforeSwap", () => { last = rowsOf().indexOf(rowChosen()); });
  document.body.addEventListener("htmx:afterSettle", () => {
    const rows = rowsOf();
    if (last >= 0 && !rowChosen() && rows.length) rowChoose(rows[Math.min(last, rows.length - 1)]); // the next one steps up
    prepare();
    // What had the focus is gone with the act: the chosen row takes it, so that the next key and the reader go on there.
    if (document.activeElement === document.body) rowChosen()?.focus({ preventScroll: true });
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-rows] [data-row]");
    if (!row || event.target.closest("a, button:not(.title), input, select, textarea, label, summary")) return;
    rowChoose(row, { open: true, focus: !event.target.closest(".title") });
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-rows] [data-row]");
    // A mouse's focus is followed by its click, which chooses too: asked twice, the second answer would come over what is being typed.
    if (row && row === event.target && row.matches(":focus-visible") && !row.classList.contains("sel")) rowChoose(row, { focus: false });
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-filter]")) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    document.querySelectorAll("[data-rows] [data-row]").forEach((row) => {
      row.hidden = wanted !== "" && !row.textContent.toLocaleLowerCase().includes(wanted);
    });
  });
}
