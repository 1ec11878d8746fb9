// The columns of the plan's grid: what a cell says, how it is edited, and what an edit means.
import { dayLong, dayText, isoOf, parts } from "./days.js";

export const COLUMNS = [
  { key: "wbs", title: "WBS", width: 52, text: (row) => row.wbs, min: 900 },
  {
    key: "name", title: "Task", width: 206, text: (row) => row.name, tree: true,
    edit: { type: "text", max: 500, value: (row) => row.name, change: (text) => (text.trim() ? { rename: text.trim() } : null) },
  },
  { key: "owner", title: "Owner", width: 92, text: (row) => row.owner || "", min: 1100 },
  {
    key: "start", title: "Start", width: 78, min: 560,
    text: (row, model) => dayText(model.where(row).startDay, parts(model.today).year),
    edit: { type: "date", value: (row) => isoOf(row.startDay), change: (text) => (text ? { start: text } : null) },
  },
  { key: "finish", title: "Finish", width: 78, min: 900, text: (row, model) => dayText(model.where(row).finishDay, parts(model.today).year) },
  {
    key: "duration", title: "Days", width: 44, number: true, min: 900,
    text: (row) => (row.milestone ? "" : String(row.duration_days)),
    edit: { type: "number", min: 0, step: 0.5, value: (row) => row.duration_days, change: (text) => (Number(text) > 0 ? { duration_days: Number(text) } : null) },
  },
  { key: "float", title: "Float", width: 58, number: true, min: 700, text: (row) => (row.summary ? "" : `${row.total_float_days} d`) },
  {
    key: "percent", title: "Done", width: 54, number: true, min: 1000,
    text: (row) => `${Math.round(row.percent)} %`,
    edit: { type: "number", min: 0, max: 100, step: 5, value: (row) => Math.round(row.percent), change: (text) => (text !== "" && Number(text) >= 0 && Number(text) <= 100 ? { percent: Number(text) } : null) },
  },
];

export const columnsFor = (width) => COLUMNS.filter((column) => !column.min || width >= column.min);
/** What is done cannot move: a finished task has no editor but its progress, one under way keeps its start, a milestone has no length. */
export const editable = (column, row) => Boolean(column.edit) && (column.tree || !row.summary)
  && !(column.key === "duration" && (row.milestone || row.percent >= 100)) && !(column.key === "start" && row.percent > 0);

export function rowElement(row, at, columns, { model, height, headRows }) {
  const element = document.createElement("div");
  element.className = `pr${row.summary ? " summary" : ""}${row.critical && !row.summary ? " critical" : ""}${row.tried || model.preview.has(row.uid) ? " tried" : ""}`;
  element.style.top = `${at * height}px`;
  element.dataset.uid = row.uid;
  element.setAttribute("role", "row");
  element.setAttribute("aria-rowindex", at + 1 + headRows);
  element.setAttribute("aria-level", row.level);
  if (row.summary) element.setAttribute("aria-expanded", String(!row.closed));
  const pane = document.createElement("div");
  pane.className = "pane-cells";
  pane.setAttribute("role", "presentation");
  columns.forEach((column, index) => pane.append(cellElement(row, column, index, model)));
  element.append(pane);
  return element;
}

function cellElement(row, column, index, model) {
  const cell = document.createElement("div");
  cell.className = `pc ${column.key}${column.number ? " n" : ""}`;
  cell.style.width = `${column.width}px`;
  cell.tabIndex = -1;
  cell.dataset.column = index;
  cell.setAttribute("role", index === 0 && !column.tree ? "gridcell" : column.tree ? "rowheader" : "gridcell");
  cell.setAttribute("aria-colindex", index + 1);
  if (!editable(column, row)) cell.setAttribute("aria-readonly", "true");
  const text = column.text(row, model);
  if (column.tree) {
    cell.style.paddingLeft = `${4 + (row.level - 1) * 14}px`;
    cell.title = row.name;
    if (row.summary) {
      const twist = document.createElement("span");
      twist.className = "twist";
      twist.setAttribute("aria-hidden", "true");
      twist.textContent = row.closed ? "▸" : "▾";
      cell.append(twist);
    }
    const name = document.createElement("span");
    name.className = "label";
    name.textContent = text;
    cell.append(name);
    if (row.milestone) cell.append(hidden(", milestone"));
  } else {
    cell.textContent = text;
    if (column.key === "float" && row.critical) cell.append(hidden(", critical"));
    if (column.key === "finish" && row.finishDay !== null) cell.title = dayLong(row.finishDay);
  }
  return cell;
}

function hidden(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text;
  return span;
}

/** Turn a cell into its editor; `done(change | null, step)` is called once, with the step (-1, 1) that Tab asks for. */
export function cellEdit(cell, column, row, done) {
  const input = document.createElement("input");
  const { type, min, max, step } = column.edit;
  Object.assign(input, { type, value: column.edit.value(row) });
  if (min !== undefined) input.min = min;
  if (max !== undefined) input[type === "text" ? "maxLength" : "max"] = max;
  if (step !== undefined) input.step = step;
  input.setAttribute("aria-label", `${column.title} of ${row.name}`);
  const before = String(input.value);
  let finished = false;
  const finish = (keep, step = 0) => {
    if (finished) return;
    finished = true;
    done(keep && input.value !== before ? column.edit.change(input.value) : null, step);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") { event.preventDefault(); finish(true); }
    if (event.key === "Tab") { event.preventDefault(); finish(true, event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { event.preventDefault(); finish(false); }
  });
  input.addEventListener("blur", () => finish(true));
  cell.replaceChildren(input);
  input.focus();
  if (type !== "date") input.select();
}
