// Short messages about what just happened, with the way back where there is one. Read out by screen readers.
export function flash(text, { undo = null, bad = false, seconds = 8 } = {}) {
  const place = document.getElementById("flash");
  if (!place) return;
  const note = document.createElement("div");
  if (bad) note.className = "bad";
  note.append(text);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => { note.remove(); undo(); });
    note.append(button);
  }
  place.replaceChildren(note);
  if (!bad) setTimeout(() => note.remove(), seconds * 1000);
}

export function startFlash() {
  document.body.addEventListener("bywhen:flash", (event) => {
    // What the server tells can only say that there is a way back; the page's own control takes it.
    const back = event.detail.undo === true ? () => document.querySelector('[data-key="u"]')?.click() : event.detail.undo;
    flash(event.detail.text ?? String(event.detail.value ?? ""), { ...event.detail, undo: back || null });
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    const told = new DOMParser().parseFromString(responseText || "", "text/html").querySelector("[role=alert]")?.textContent.trim();
    if (told) return flash(told, { bad: true });
    flash(status === 403 ? "You may not do this. Ask the project's owner." : "The server could not do this. Nothing was changed; try again.", { bad: true });
  });
  document.body.addEventListener("htmx:sendError", () => flash("ByWhen does not answer. Nothing was changed; check that it is running.", { bad: true }));
}
