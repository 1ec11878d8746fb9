// The keyboard layer. A control says its key with data-key; the chosen row's controls come first, then the drawer's, then the page's.
// A part with keys of its own (the plan's grid) stops the event before it arrives here. Single letters can be switched off (WCAG 2.1.4).
import { drawerShut, evidenceShow } from "./drawer.js";
import { remember, remembered } from "./memory.js";
import { rowChosen, rowStep } from "./rows.js";

const GO = { t: "today", p: "plan", m: "meetings", f: "followup", s: "status", l: "loops", d: "decisions", r: "registers", c: "changes", b: "blockers" };
let going = 0;

const typing = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
const usable = (element) => element && element.offsetParent !== null && !element.disabled && element.getAttribute("aria-disabled") !== "true";

export function controlFor(key) {
  const places = [rowChosen(), document.getElementById("evidence"), document.getElementById("main")];
  for (const place of places) {
    const found = [...(place?.querySelectorAll("[data-key]") ?? [])].find((element) => element.dataset.key === key && usable(element));
    if (found) return found;
  }
  return null;
}

function placeGo(letter) {
  const places = ["places-data", "across-data"].flatMap((id) => JSON.parse(document.getElementById(id)?.textContent || "[]") || []);
  const place = places.find((one) => one.key === GO[letter]);
  if (place) location.href = place.url;
  return Boolean(place);
}

function keyAct(event) {
  if (event.key === "j" || event.key === "k") return rowStep(event.key === "j" ? 1 : -1), true;
  if (event.key === "?") return document.getElementById("keys")?.showModal(), true;
  if (event.key === "/") return document.querySelector("[data-filter], [data-search]")?.focus(), true;
  if (event.key === "g") return (going = event.timeStamp), true;
  const control = controlFor(event.key);
  if (control) return control.click(), true;
  return false;
}

export function startKeys() {
  const choice = document.getElementById("keys-on");
  if (choice) {
    choice.checked = remembered("keys", "on") === "on";
    choice.addEventListener("change", () => remember("keys", choice.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.getElementById("palette")?.showModal();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      else drawerShut();
      return;
    }
    if (event.ctrlKey && event.key === "Enter") {
      const control = controlFor("Ctrl+Enter");
      if (control) { event.preventDefault(); control.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter") {
      if (event.target.closest("a, button, summary, [role='button']")) return;
      const control = controlFor("Enter");
      if (control) { event.preventDefault(); control.click(); }
      else if (rowChosen()) evidenceShow(rowChosen().dataset.evidence, { from: rowChosen() });
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.target.closest("[data-row]")) { event.preventDefault(); rowStep(event.key === "ArrowDown" ? 1 : -1); }
      return;
    }
    if (event.key.length !== 1 || remembered("keys", "on") !== "on") return;
    const follows = going && event.timeStamp - going < 1200;
    going = 0;
    if ((follows && placeGo(event.key)) || keyAct(event)) event.preventDefault();
  });
}
