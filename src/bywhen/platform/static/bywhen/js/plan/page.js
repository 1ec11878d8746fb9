// The Plan screen: toolbar, and what happens with a tried change. The island tells "bywhen:change" {uid, start | duration_days | percent};
// the server answers with the consequence, which is shown before anything is committed.
import { drawerShut, evidenceShow } from "../drawer.js";
import { flash } from "../flash.js";
import { remember, remembered } from "../memory.js";
import { PlanModel } from "./model.js";
import { outlineStart } from "./outline.js";
import { placeKeep, placeTake, rowsRestore, scrollRestore } from "./place.js";
import { refusalsShow } from "./refusals.js";
import { PlanView } from "./view.js";

function pressed(buttons, chosen) {
  buttons.forEach((button) => button.setAttribute("aria-pressed", String(button === chosen)));
}

function toolbarStart(view, model) {
  const zooms = document.querySelectorAll("[data-zoom]");
  const zoomTo = (button) => {
    pressed(zooms, button);
    view.zoomSet(button.dataset.zoom);
    remember("plan.zoom", button.dataset.zoom);
  };
  zooms.forEach((button) => button.addEventListener("click", () => zoomTo(button)));
  const shows = document.querySelectorAll("[data-show]");
  shows.forEach((button) => button.addEventListener("click", () => {
    pressed(shows, button);
    model.filterSet({ show: button.dataset.show });
  }));
  const words = document.querySelector("[data-plan-filter]");
  pressed(shows, [...shows].find((button) => button.dataset.show === model.filter.show));
  if (words) words.value = model.filter.words;
  words?.addEventListener("input", () => model.filterSet({ words: words.value }));
  const owner = document.querySelector("[data-plan-owner]");
  if (owner) owner.value = model.filter.owner;
  owner?.addEventListener("change", () => model.filterSet({ owner: owner.value }));
  document.querySelector("[data-today]")?.addEventListener("click", () => view.dayShow(model.today));
  const count = document.getElementById("plan-count");
  const say = () => {
    const tasks = model.shown.filter((row) => !row.summary).length;
    const all = model.rows.filter((row) => !row.summary).length;
    if (count) count.textContent = tasks === all ? `${all} tasks` : `${tasks} of ${all} tasks`;
  };
  model.addEventListener("shown", say);
  say();
}

function impactAsk(host, change) {
  if (!host.dataset.impact || !globalThis.htmx) return;
  globalThis.htmx.ajax("POST", host.dataset.impact, { source: host, target: "#impact", swap: "innerHTML", values: change })
    .catch(() => { /* a newer try has taken its place; refusals are shown where they happen */ });
}

function changesStart(host, model) {
  const panel = document.getElementById("impact");
  const undo = document.querySelector("[data-undo]");
  const waiting = () => { if (undo) undo.disabled = !model.pending && undo.dataset.undoable === undefined; };
  model.addEventListener("tried", (event) => {
    const { change } = event.detail;
    waiting();
    host.dispatchEvent(new CustomEvent("bywhen:change", { bubbles: true, detail: change }));
    impactAsk(host, change);
  });
  model.addEventListener("undone", (event) => {
    waiting();
    panel?.replaceChildren();
    flash(`“${event.detail.row.name}” stands where it was.`);
  });
  undo?.form?.addEventListener("submit", (event) => {
    if (model.discard()) event.preventDefault(); // what was only tried goes first; what was committed needs the server
  });
  panel?.addEventListener("click", (event) => { if (event.target.closest("[data-discard]")) model.discard(); });
  panel?.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && model.discard()) { event.preventDefault(); event.stopPropagation(); }
  });
  refusalsShow("impact");
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "impact") return;
    const rows = document.getElementById("impact-rows");
    if (rows) model.previewSet(JSON.parse(rows.textContent));
    else if (model.putBack()) { waiting(); model.previewSet([]); } // refused: the sentence stays, the bar goes back
  });
}

const host = document.getElementById("plan");
const data = document.getElementById("plan-data");
if (host && data) {
  const model = new PlanModel(JSON.parse(data.textContent));
  const place = placeTake();
  if (place) rowsRestore(model, place, host.dataset.chosen);
  const zoom = remembered("plan.zoom", "week");
  const view = new PlanView(host, model, { zoom, name: host.dataset.name, chosen: host.dataset.chosen });
  pressed(document.querySelectorAll("[data-zoom]"), document.querySelector(`[data-zoom="${zoom}"]`));
  toolbarStart(view, model);
  changesStart(host, model);
  outlineStart(view, model);
  placeKeep(view, model);
  if (place) scrollRestore(view, model, place);
  host.addEventListener("bywhen:why", (event) => { if (host.dataset.evidence) evidenceShow(`${host.dataset.evidence}${event.detail.uid}/`); });
  host.addEventListener("bywhen:row", () => drawerShut());
  host.view = view;
}
