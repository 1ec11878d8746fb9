// [data-copy] puts its text on the clipboard and says so.
import { flash } from "./flash.js";

export function startCopy() {
  document.addEventListener("click", async (event) => {
    const control = event.target.closest("[data-copy]");
    if (!control) return;
    try {
      await navigator.clipboard.writeText(control.dataset.copy);
      flash("The message is on the clipboard.");
    } catch {
      flash("This browser does not allow copying. Mark the text and copy it by hand.", { bad: true });
    }
  });
}
