// The evidence drawer: beside the page when there is room, a sheet when not. Focus goes back to what opened it.
let opener = null;

export function drawerIsBeside() {
  const drawer = document.getElementById("drawer");
  if (!drawer || drawer.hidden) return false;
  return getComputedStyle(drawer).position !== "fixed";
}

export function drawerOpen(from = null) {
  const drawer = document.getElementById("drawer");
  if (!drawer) return;
  if (drawerIsBeside()) return;
  opener = from ?? document.activeElement;
  drawer.classList.add("open");
  drawer.querySelector("[data-shut]")?.focus({ preventScroll: true });
}

export function drawerShut() {
  const drawer = document.getElementById("drawer");
  if (!drawer?.classList.contains("open")) return false;
  drawer.classList.remove("open");
  opener?.focus?.({ preventScroll: true });
  opener = null;
  return true;
}

export function evidenceShow(address, { open = true, from = null } = {}) {
  if (!address || !globalThis.htmx) return;
  if (!open && !drawerIsBeside()) return;
  globalThis.htmx.ajax("GET", address, { target: "#evidence", swap: "innerHTML" }).then(() => { if (open) drawerOpen(from); }, superseded);
}

export function startDrawer() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shut]")) drawerShut();
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "evidence") return;
    if (event.detail.requestConfig?.elt?.closest?.("[data-why]")) drawerOpen(event.detail.requestConfig.elt);
    document.getElementById("drawer")?.scrollTo(0, 0);
  });
}

// htmx rejects without a word when a newer request takes the place of this one; refusals are shown where they happen.
function superseded() {}
