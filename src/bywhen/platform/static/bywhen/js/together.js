// Several people at one page: what somebody else changed arrives by itself, but never over what is being typed.
// A field is compared with what the page showed when it came (its hidden twin, was-NAME).
const fields = (item) => [...item.querySelectorAll("input:not([type=hidden]), textarea")];

const typedInto = (item) => fields(item).some((field) => {
  const was = item.querySelector(`[name="was-${field.name}"]`);
  return was && was.value !== field.value;
});

/** Puts the cursor back into the field of the same name, so that a newer item arrives under the reader's hands. */
function cursorKeep(item) {
  const field = document.activeElement;
  if (!fields(item).includes(field)) return;
  const { name, selectionStart, selectionEnd } = field;
  queueMicrotask(() => {
    const again = document.getElementById(item.id)?.querySelector(`[name="${name}"]:not([type=hidden])`);
    again?.focus({ preventScroll: true });
    if (again && selectionStart !== null) again.setSelectionRange(selectionStart, selectionEnd);
  });
}

export function startTogether() {
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const item = event.detail.target;
    if (!item?.matches?.("[data-shared]")) return;
    if (typedInto(item)) { event.preventDefault(); return; }
    cursorKeep(item);
    const fresh = event.detail.fragment?.querySelector?.("[data-shared]");
    if (item.classList.contains("sel") && fresh?.matches("[data-row]")) {
      fresh.classList.add("sel");
      fresh.setAttribute("aria-current", "true");
      fresh.tabIndex = 0;
    }
  });
}
