// The entry of every page: keys, rows, drawer, palette, theme, flash. Each is a small module of its own.
import { startCopy } from "./copy.js";
import { startDrawer } from "./drawer.js";
import { startFlash } from "./flash.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startRows } from "./rows.js";
import { startTogether } from "./together.js";
import { remember } from "./memory.js";

function startTheme() {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelectorAll("[data-theme-next]").forEach((button) => {
    button.addEventListener("click", () => {
      const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
      remember("theme", root.dataset.theme);
      document.dispatchEvent(new CustomEvent("bywhen:theme"));
    });
  });
}

function startDialogs() {
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-open]");
    if (open) document.getElementById(open.dataset.open)?.showModal();
    const close = event.target.closest("[data-close]");
    if (close) document.getElementById(close.dataset.close)?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close(); // a click on the backdrop
  });
}

/** The menu opens under its button (anchor positioning is not everywhere yet). */
function startMenus() {
  document.querySelectorAll("[popovertarget]").forEach((button) => {
    const menu = document.getElementById(button.getAttribute("popovertarget"));
    menu?.addEventListener("beforetoggle", (event) => {
      if (event.newState !== "open") return;
      const box = button.getBoundingClientRect();
      menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 300))}px`;
      menu.style.top = `${box.bottom + 4}px`;
    });
  });
}

/** A chosen item shows the line that it cites; the page opens at the first one. */
function startCites() {
  const show = (cited) => {
    const pane = cited?.closest(".pane");
    if (pane) pane.scrollTop = cited.offsetTop - pane.clientHeight / 3;
  };
  show(document.querySelector(".pane .cited"));
  document.addEventListener("bywhen:row", (event) => {
    const cited = document.getElementById(event.target.dataset?.cites ?? "");
    if (!cited) return;
    document.querySelectorAll(".cited").forEach((line) => line.classList.remove("cited"));
    cited.classList.add("cited");
    show(cited);
  });
}

startCopy();
startTheme();
startCites();
startDialogs();
startMenus();
startFlash();
startDrawer();
startRows();
startPalette();
startTogether();
startKeys();

// Tooltips are an extra: the page is complete before they arrive.
const vendor = new URL("../../vendor/webawesome/", import.meta.url);
if (document.querySelector("wa-tooltip")) import(new URL("components/tooltip/tooltip.js", vendor)).catch(() => {});
if (document.querySelector("wa-dropdown")) {
  for (const name of ["dropdown", "dropdown-item"]) import(new URL(`components/${name}/${name}.js`, vendor)).catch(() => {});
}
