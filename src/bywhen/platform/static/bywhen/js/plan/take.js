// Taking files in: what is dropped anywhere on the page, or chosen, is looked at at once. A refusal is shown in its place.
import { refusalsShow } from "./refusals.js";

const form = document.querySelector("[data-drop]");
const input = form?.querySelector("input[type=file]");

refusalsShow(form?.dataset.preview ?? "plan-preview");
input?.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
document.addEventListener("dragover", () => form?.classList.add("over"));
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form?.classList.remove("over"); });
document.addEventListener("drop", (event) => {
  form?.classList.remove("over");
  if (!input || !event.dataTransfer?.files.length) return;
  input.files = event.dataTransfer.files;
  form.requestSubmit();
});
// Taking in leaves the page: the same form, sent the plain way.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-native]");
  if (!button || !form) return;
  event.preventDefault();
  if (!button.formNoValidate && !form.reportValidity()) return;
  form.action = button.formAction;
  form.submit();
});
