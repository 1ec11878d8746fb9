// What people do in the plan: keys in the grid, edits in cells, drags and Alt + arrows on bars.
import { cellEdit, editable } from "./cells.js";
import { dayLong } from "./days.js";
import { edges } from "./draw.js";

const rowOf = (view) => view.model.byUid.get(view.focus.uid);

function stepTo(view, at, column) {
  const row = view.model.shown[Math.max(0, Math.min(view.model.shown.length - 1, at))];
  if (row) view.focusTo(row.uid, column);
}

/** One working day earlier or later, or half a step longer or shorter; the keyboard's way of dragging. */
function nudge(view, days, resize) {
  const { model } = view;
  const row = rowOf(view);
  if (!row || row.summary || row.percent >= 100) return;
  if (resize || row.percent > 0) { // what has begun keeps its start: moving it makes it longer
    if (!row.milestone) model.changeTry(row, { duration_days: Math.max(1, row.duration_days + days) });
  } else {
    model.changeTry(row, { start: new Date(model.work.add(row.startDay, days) * 86_400_000).toISOString() });
  }
}

function edit(view, cell) {
  const row = rowOf(view);
  const column = view.columns[Number(cell.dataset.column)];
  if (!editable(column, row)) {
    const first = view.columns.findIndex((one) => !one.tree && editable(one, row));
    if (first >= 0) { view.focusTo(row.uid, first); edit(view, view.cell()); }
    return;
  }
  cellEdit(cell, column, row, (change, step) => {
    if (change?.rename) rowAct(view, "rename", change.rename);
    else if (change) view.model.changeTry(row, change);
    view.redraw();
    view.focusShow();
    if (step && !change?.rename) nextCell(view, step);
  });
}

/** To the next cell of the row that can be edited, as Tab does in a spreadsheet. */
function nextCell(view, step) {
  const row = rowOf(view);
  for (let at = view.focus.column + step; at >= 0 && at < view.columns.length; at += step) {
    if (!editable(view.columns[at], row)) continue;
    view.focusTo(row.uid, at);
    edit(view, view.cell());
    return;
  }
}

function rowAct(view, act, text) {
  view.host.dispatchEvent(new CustomEvent("bywhen:edit", { bubbles: true, detail: { act, uid: view.focus.uid, text } }));
}

function nameEdit(view) {
  view.focusTo(view.focus.uid, view.columns.findIndex((column) => column.tree));
  edit(view, view.cell());
}

function keys(view, event) {
  const { model } = view;
  const cell = event.target.closest("[data-column]");
  if (!cell) return false;
  const at = model.place.get(view.focus.uid);
  const column = Number(cell.dataset.column);
  const page = Math.max(1, Math.floor(view.scroller.clientHeight / view.height) - 2);
  if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    nudge(view, event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    return true;
  }
  if (event.ctrlKey && event.key === "Enter") return false;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    switch (event.key) {
      case "z": document.querySelector("[data-undo]:not(:disabled)")?.click(); return true;
      case "]": rowAct(view, "indent"); return true;
      case "[": rowAct(view, "outdent"); return true;
      default:
    }
  }
  if (event.altKey || event.metaKey || (event.ctrlKey && event.key.length === 1)) return false;
  const row = rowOf(view);
  switch (event.key) {
    case "ArrowDown": case "j": stepTo(view, at + 1); return true;
    case "ArrowUp": case "k": stepTo(view, at - 1); return true;
    case "PageDown": stepTo(view, at + page); return true;
    case "PageUp": stepTo(view, at - page); return true;
    case "Home": stepTo(view, event.ctrlKey ? 0 : at, event.ctrlKey ? column : 0); return true;
    case "End": stepTo(view, event.ctrlKey ? model.shown.length - 1 : at, event.ctrlKey ? column : view.columns.length - 1); return true;
    case "ArrowLeft":
      if (!(view.columns[column].tree && model.closedSet(row, true))) view.focusTo(row.uid, column - 1);
      return true;
    case "ArrowRight":
      if (!(view.columns[column].tree && model.closedSet(row, false))) view.focusTo(row.uid, column + 1);
      return true;
    case "Enter":
      if (row.summary && view.columns[column].tree) model.closedSet(row, !row.closed);
      else if (editable(view.columns[column], row)) edit(view, cell);
      else view.host.dispatchEvent(new CustomEvent("bywhen:why", { bubbles: true, detail: { uid: row.uid } }));
      return true;
    case "w": view.host.dispatchEvent(new CustomEvent("bywhen:why", { bubbles: true, detail: { uid: row.uid } })); return true;
    case "Escape": return Boolean(model.discard());
    case "e": case "F2": edit(view, cell); return true;
    case "Insert": case "n": rowAct(view, "insert"); return true;
    case "Delete": rowAct(view, "delete"); return true;
    default: return false;
  }
}

function drag(view, event) {
  const group = event.target.closest("g.r");
  if (!group || event.button !== 0) return;
  const { model, scale } = view;
  const row = model.byUid.get(Number(group.dataset.uid)) ?? model.byUid.get(group.dataset.uid);
  view.focusTo(row.uid, view.focus.column, { take: false });
  view.focusShow();
  if (row.summary || row.percent >= 100) return;
  event.preventDefault();
  const resize = row.percent > 0 || event.target.classList.contains("grip");
  const live = () => view.drawn.get(row.uid)?.group;
  const from = event.clientX;
  const scrolled = view.scroller.scrollLeft;
  let plan = null;

  const move = (now) => {
    const days = Math.round((now.clientX - from + view.scroller.scrollLeft - scrolled) / scale.px);
    if (resize) {
      const finish = Math.max(row.startDay, model.work.snap(row.finishDay + days, days < 0 ? -1 : 1));
      plan = finish === row.finishDay ? null : { finish, change: { duration_days: model.work.between(row.startDay - 1, finish) } };
    } else {
      const start = model.work.snap(row.startDay + days, days < 0 ? -1 : 1);
      const finish = row.milestone ? start : model.work.add(start, Math.max(0, Math.ceil(row.duration_days) - 1));
      plan = start === row.startDay ? null : { start, finish, change: { start: new Date(start * 86_400_000).toISOString() } };
    }
    barFollow(view, live(), row, plan);
    tipShow(view, now, row, plan);
  };
  const end = (keep) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", escape, true);
    view.tip.hidden = true;
    if (keep && plan) model.changeTry(row, plan.change);
    else view.redraw();
  };
  const up = () => end(true);
  const cancel = () => end(false);
  const escape = (key) => { if (key.key === "Escape") { key.preventDefault(); key.stopPropagation(); end(false); } };
  addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", escape, true);
}

function barFollow(view, group, row, plan) {
  const bar = group?.querySelector(".bar");
  if (!bar) return;
  const place = plan ? { startDay: plan.start ?? row.startDay, finishDay: plan.finish } : row;
  const [left, right] = edges(view.scale, place, row.milestone);
  if (row.milestone) bar.setAttribute("transform", `translate(${left} ${view.height / 2 + 1})`);
  else { bar.setAttribute("x", left); bar.setAttribute("width", Math.max(right - left, 3)); }
}

function tipShow(view, event, row, plan) {
  view.tip.hidden = !plan;
  if (!plan) return;
  const days = view.model.work.between(row.finishDay, plan.finish);
  view.tip.textContent = `${plan.start !== undefined && !row.milestone ? `${dayLong(plan.start)} to ` : ""}${dayLong(plan.finish)}, ${days > 0 ? "+" : "−"}${Math.abs(days)} d`;
  const box = view.host.getBoundingClientRect();
  view.tip.style.left = `${event.clientX - box.left + 12}px`;
  view.tip.style.top = `${event.clientY - box.top + 14}px`;
}

export function actStart(view) {
  view.scroller.addEventListener("keydown", (event) => {
    if (keys(view, event)) { event.preventDefault(); event.stopPropagation(); }
  });
  view.host.addEventListener("bywhen:rename", () => nameEdit(view));
  view.body.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-column]");
    if (!cell || cell !== event.target) return;
    const element = cell.closest(".pr");
    const row = view.model.shown[Number(element.getAttribute("aria-rowindex")) - 2];
    if (row && (row.uid !== view.focus.uid || Number(cell.dataset.column) !== view.focus.column)) view.focusTo(row.uid, Number(cell.dataset.column));
  });
  view.body.addEventListener("click", (event) => {
    const element = event.target.closest(".pr");
    if (!element || event.target.closest("input")) return;
    const row = view.model.shown[Number(element.getAttribute("aria-rowindex")) - 2];
    if (event.target.closest(".twist")) { view.focusTo(row.uid, 1); view.model.closedSet(row, !row.closed); return; }
    const cell = event.target.closest("[data-column]");
    view.focusTo(row.uid, cell ? Number(cell.dataset.column) : view.focus.column);
  });
  view.body.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-column]");
    if (cell && !event.target.closest("input") && editable(view.columns[Number(cell.dataset.column)], rowOf(view))) edit(view, view.cell());
  });
  view.time.addEventListener("pointerdown", (event) => drag(view, event));
  view.time.addEventListener("pointerover", (event) => {
    const uid = event.target.closest("g.r")?.dataset.uid;
    const row = uid && (view.model.byUid.get(Number(uid)) ?? view.model.byUid.get(uid));
    view.driving = view.model.drivingPath(row || rowOf(view) || { uid: null, links: [] });
    view.linksUpdate();
    view.focusMark();
  });
}
