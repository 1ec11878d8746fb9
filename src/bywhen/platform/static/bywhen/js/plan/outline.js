// Edits of rows: a new task, rows pasted from a spreadsheet, taken out, moved in and out, renamed. Each is one post, made at once;
// the server says what it did to the dates, u takes it back.
import { flash } from "../flash.js";

export function outlineStart(view, model) {
  const form = document.getElementById("plan-edit");
  const dialog = document.getElementById("row-dialog");
  if (!form) return;

  const send = (act, uid, text = "") => {
    Object.entries({ act, uid: uid ?? "", text }).forEach(([name, value]) => { form.elements[name].value = value; });
    form.requestSubmit();
  };
  const chosen = () => model.byUid.get(view.focus.uid);

  function act(name) {
    const row = chosen();
    if (name === "insert") return ask(row);
    if (!row) return undefined;
    if (name === "rename") return view.host.dispatchEvent(new CustomEvent("bywhen:rename"));
    return send(name, row.uid);
  }

  function ask(row) {
    dialog.querySelector("[data-below]").textContent = row ? `${row.summary ? "In" : "Below"} “${row.name}”.` : "The first row of the plan.";
    dialog.querySelector("form").reset();
    dialog.showModal();
    dialog.querySelector("[name=name]").focus();
  }

  view.host.addEventListener("bywhen:edit", (event) => {
    const { act: name, uid, text } = event.detail;
    if (text === undefined) act(name);
    else send(name, uid, text);
  });
  document.querySelectorAll("[data-row-act]").forEach((button) => button.addEventListener("click", () => {
    document.getElementById("row-menu")?.hidePopover();
    act(button.dataset.rowAct);
  }));
  dialog?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, days } = event.target.elements;
    dialog.close();
    send("insert", view.focus.uid, `${name.value.replaceAll("\t", " ")}\t${days.value}`);
  });
  view.scroller.addEventListener("paste", (event) => {
    if (event.target.closest("input")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    event.preventDefault();
    if (text.trim()) send("insert", view.focus.uid, text);
    else flash("There is no text to paste. Copy rows of a spreadsheet first: the name, then the days.");
  });
}
