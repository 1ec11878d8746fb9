// The plan's view: one scroller with the grid (sticky left) and the Gantt on the same rows. Only the rows near the window exist.
// Keyboard and pointer live in act.js; what is drawn in a row lives in cells.js and draw.js.
import { actStart } from "./act.js";
import { columnsFor, rowElement } from "./cells.js";
import { linksDraw, rowDraw, svg } from "./draw.js";
import { Scale } from "./scale.js";

const HEAD = 44;
const CHUNK = 8; // rows are added and removed in steps, so that most scroll frames change nothing
const SPARE = 8;

export class PlanView {
  constructor(host, model, { zoom = "week", name = "Plan", chosen = "" } = {}) {
    this.host = host;
    this.model = model;
    this.height = matchMedia("(pointer: coarse)").matches ? 44 : 36;
    this.drawn = new Map(); // uid -> {at, element, group}
    const asked = chosen ? model.byUid.get(Number(chosen)) : undefined;
    const ahead = model.shown.filter((row) => !row.summary && row.percent < 100 && row.finishDay >= model.today);
    const next = asked ?? ahead.find((row) => row.critical) ?? ahead[0] ?? model.shown[0];
    this.focus = { uid: next?.uid ?? null, column: 1 };
    this.driving = new Set();
    this.build(name);
    this.zoomSet(zoom, { keep: false });
    actStart(this);
    this.scroller.scrollTop = Math.max(0, (model.place.get(this.focus.uid) ?? 0) - 2) * this.height;
    if (next) this.driving = model.drivingPath(next);
    if (asked?.startDay != null) { this.dayShow(asked.startDay + Math.round(this.timeWidth() / this.scale.px / 4)); this.update(); this.focusShow(); }
    model.addEventListener("shown", () => this.refresh());
    for (const event of ["tried", "undone", "preview"]) model.addEventListener(event, () => this.redraw());
    this.scroller.addEventListener("scroll", () => this.schedule(), { passive: true });
    new ResizeObserver(() => { this.layout(); this.update(); }).observe(this.scroller);
    addEventListener("beforeprint", () => this.update({ all: true }));
    addEventListener("afterprint", () => this.redraw());
  }

  build(name) {
    this.host.innerHTML = "";
    const make = (className, parent, role = null) => {
      const element = document.createElement("div");
      element.className = className;
      if (role) element.setAttribute("role", role);
      parent.append(element);
      return element;
    };
    this.scroller = make("plan-scroll", this.host, "treegrid");
    this.scroller.setAttribute("aria-label", name);
    this.scroller.setAttribute("aria-describedby", "plan-help");
    this.head = make("plan-head", this.scroller, "rowgroup");
    this.gridHead = make("grid-head", this.head, "row");
    this.gridHead.setAttribute("aria-rowindex", "1");
    this.timeHead = svg("svg", { class: "time-head", height: HEAD, "aria-hidden": "true" }, this.head);
    this.body = make("plan-body", this.scroller, "rowgroup");
    this.time = svg("svg", { class: "time", "aria-hidden": "true", focusable: "false" });
    this.body.append(this.time);
    this.under = svg("g", { class: "under" }, this.time);
    this.shade = svg("path", { class: "shade" }, this.under);
    this.grid = svg("path", { class: "ticks" }, this.under);
    this.linkLayer = {};
    for (const kind of ["plain", "critical"]) this.linkLayer[kind] = this.linkPair(kind);
    this.bars = svg("g", { class: "bars-layer" }, this.time);
    this.linkLayer.driving = this.linkPair("driving");
    this.todayLine = svg("path", { class: "today-line" }, this.time);
    this.tip = make("plan-tip", this.host);
    this.tip.hidden = true;
  }

  linkPair(kind) {
    return [svg("path", { class: `link ${kind}` }, this.time), svg("path", { class: `head ${kind}` }, this.time)];
  }

  zoomSet(zoom, { keep = true } = {}) {
    const centre = keep ? this.scale.dayAt(this.scroller.scrollLeft + this.timeWidth() / 2) : null;
    const [first, last] = this.model.span();
    this.scale = new Scale(first, last, zoom);
    this.layout();
    this.redraw();
    this.dayShow(centre ?? this.model.today + Math.round(this.timeWidth() / this.scale.px / 4));
  }

  timeWidth() {
    return this.scroller.clientWidth - this.gridWidth;
  }

  /** Scroll so that `day` stands in the middle of the Gantt. */
  dayShow(day) {
    this.scroller.scrollLeft = Math.max(0, this.scale.x(day) - this.timeWidth() / 2);
  }

  layout() {
    const width = this.scroller.clientWidth || innerWidth;
    const columns = columnsFor(width);
    const changed = columns.length !== this.columns?.length;
    this.columns = columns;
    const shrink = width < 560 ? 150 : 0;
    this.gridWidth = columns.reduce((sum, column) => sum + column.width, 0) - (shrink ? 60 : 0);
    this.host.classList.toggle("narrow", Boolean(shrink));
    if (changed || !this.gridHead.children.length) this.headDraw();
    const { style } = this.scroller;
    style.setProperty("--grid", `${this.gridWidth}px`);
    style.setProperty("--time", `${this.scale.width}px`);
    style.setProperty("--row", `${this.height}px`);
    if (changed) this.redraw();
  }

  headDraw() {
    this.gridHead.replaceChildren(...this.columns.map((column, index) => {
      const cell = document.createElement("div");
      cell.className = `pc ${column.key}${column.number ? " n" : ""}`;
      cell.style.width = `${column.width}px`;
      cell.setAttribute("role", "columnheader");
      cell.setAttribute("aria-colindex", index + 1);
      cell.textContent = column.title;
      return cell;
    }));
  }

  /** After a change of which rows are shown. Where the chosen row is gone, the first open one is chosen and brought into sight. */
  refresh() {
    const { shown, place } = this.model;
    const gone = !place.has(this.focus.uid);
    const leaves = gone ? shown.filter((row) => !row.summary) : [];
    const next = leaves.find((row) => row.percent < 100) ?? leaves[0] ?? shown[0];
    if (gone) this.focus.uid = next?.uid ?? null;
    this.redraw();
    if (gone && next) this.rowShow(next);
  }

  rowShow(row) {
    this.scroller.scrollTop = Math.max(0, this.model.place.get(row.uid) - 2) * this.height;
    const [left, right] = [this.scroller.scrollLeft, this.scroller.scrollLeft + this.timeWidth()];
    if (row.startDay !== null && (this.scale.x(row.finishDay) < left || this.scale.x(row.startDay) > right)) {
      this.dayShow(row.startDay + Math.round(this.timeWidth() / this.scale.px / 4));
    }
    this.driving = this.model.drivingPath(row);
    this.update();
  }

  /** Draw all rows of the window anew (a zoom, a change, a filter). */
  redraw() {
    if (!this.scale) return;
    const focused = this.body.contains(document.activeElement);
    for (const { element, group } of this.drawn.values()) { element.remove(); group.remove(); }
    this.drawn.clear();
    this.window = null;
    const total = this.model.shown.length * this.height;
    this.body.style.height = `${Math.max(total, this.height)}px`;
    this.scroller.setAttribute("aria-rowcount", this.model.shown.length + 1);
    this.scroller.setAttribute("aria-colcount", this.columns.length);
    this.time.setAttribute("width", this.scale.width);
    this.time.setAttribute("height", Math.max(total, this.height));
    this.backDraw(total);
    this.update();
    if (focused) this.focusShow();
  }

  backDraw(total) {
    let shade = "";
    let run = null;
    for (let day = this.scale.first; day <= this.scale.last + 1; day += 1) {
      const off = day <= this.scale.last && !this.model.work.works(day);
      if (off && run === null) run = day;
      if (!off && run !== null) {
        shade += `M${this.scale.x(run)} 0H${this.scale.x(day)}V${total}H${this.scale.x(run)}z`;
        run = null;
      }
    }
    this.shade.setAttribute("d", shade);
    const { upper } = this.scale.ticks(0, this.scale.width);
    this.grid.setAttribute("d", upper.map((tick) => `M${tick.x + 0.5} 0V${total}`).join(""));
    const x = this.scale.x(this.model.today) + this.scale.px / 2;
    this.todayLine.setAttribute("d", `M${x} 0V${total}`);
    this.timeHead.setAttribute("width", this.scale.width);
    this.headWindow = null;
  }

  schedule() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.update();
    });
  }

  /** Bring the drawn rows in line with what is on screen. */
  update({ all = false } = {}) {
    if (!this.scale) return;
    this.timeHeadDraw(all);
    const count = this.model.shown.length;
    const top = Math.floor(this.scroller.scrollTop / this.height);
    const seen = Math.ceil(this.scroller.clientHeight / this.height);
    const low = all ? 0 : Math.max(0, Math.floor((top - SPARE) / CHUNK) * CHUNK);
    const high = all ? count - 1 : Math.min(count - 1, Math.ceil((top + seen + SPARE) / CHUNK) * CHUNK);
    if (this.window && this.window[0] === low && this.window[1] === high) return;
    this.window = [low, high];
    const focusAt = this.model.place.get(this.focus.uid);
    for (const [uid, one] of this.drawn) {
      if ((one.at >= low && one.at <= high) || one.at === focusAt) continue;
      one.element.remove();
      one.group.remove();
      this.drawn.delete(uid);
    }
    const rows = document.createDocumentFragment();
    const bars = document.createDocumentFragment();
    for (let at = low; at <= high; at += 1) this.rowAdd(at, rows, bars);
    if (focusAt !== undefined && (focusAt < low || focusAt > high)) this.rowAdd(focusAt, rows, bars);
    this.body.append(rows);
    this.bars.append(bars);
    this.linksUpdate();
    this.focusMark();
  }

  rowAdd(at, rows, bars) {
    const row = this.model.shown[at];
    if (!row || this.drawn.has(row.uid)) return;
    const context = { model: this.model, scale: this.scale, height: this.height, headRows: 1 };
    const element = rowElement(row, at, this.columns, context);
    const group = rowDraw(row, at, context);
    this.drawn.set(row.uid, { at, element, group });
    rows.append(element);
    bars.append(group);
  }

  linksUpdate() {
    const [low, high] = this.window ?? [0, -1];
    const drawn = linksDraw(this.model.shownLinks, low, high, this.driving, this);
    for (const [kind, [line, head]] of Object.entries(drawn)) {
      this.linkLayer[kind][0].setAttribute("d", line);
      this.linkLayer[kind][1].setAttribute("d", head);
    }
  }

  timeHeadDraw(all) {
    const left = all ? 0 : this.scroller.scrollLeft;
    const right = all ? this.scale.width : left + this.timeWidth();
    if (!all && this.headWindow && left >= this.headWindow[0] && right <= this.headWindow[1]) return;
    this.headWindow = [Math.max(0, left - 600), right + 600];
    const { upper, lower } = this.scale.ticks(...this.headWindow);
    this.timeHead.replaceChildren();
    for (const tick of upper) svg("text", { class: "upper", x: tick.x + 5, y: 16 }, this.timeHead).textContent = tick.text;
    svg("path", { class: "ticks", d: upper.map((tick) => `M${tick.x + 0.5} 4V${HEAD}`).join("") + lower.map((tick) => `M${tick.x + 0.5} 24V${HEAD}`).join("") }, this.timeHead);
    for (const tick of lower) svg("text", { x: tick.x + 4, y: 38 }, this.timeHead).textContent = tick.text;
    const x = this.scale.x(this.model.today);
    svg("rect", { class: "now", x, y: HEAD - 3, width: Math.max(this.scale.px, 3), height: 3 }, this.timeHead);
  }

  cell(uid = this.focus.uid, column = this.focus.column) {
    return this.drawn.get(uid)?.element.querySelectorAll("[data-column]")[Math.min(column, this.columns.length - 1)] ?? null;
  }

  focusMark() {
    this.body.querySelectorAll('[tabindex="0"]').forEach((cell) => { cell.tabIndex = -1; });
    this.body.querySelectorAll(".pr.sel").forEach((row) => row.classList.remove("sel"));
    const cell = this.cell();
    if (!cell) return;
    cell.tabIndex = 0;
    cell.closest(".pr").classList.add("sel");
    this.bars.querySelectorAll(".on-path").forEach((group) => group.classList.remove("on-path"));
    if (this.driving.size > 1) for (const uid of this.driving) this.drawn.get(uid)?.group.classList.add("on-path");
  }

  /** Move the choice to a row and column, bring it into sight, and show its driving path. */
  focusTo(uid, column = this.focus.column, { take = true } = {}) {
    const at = this.model.place.get(uid);
    if (at === undefined) return;
    const moved = uid !== this.focus.uid;
    this.focus = { uid, column: Math.max(0, Math.min(column, this.columns.length - 1)) };
    const top = at * this.height;
    const room = this.scroller.clientHeight - HEAD - this.height;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top > this.scroller.scrollTop + room) this.scroller.scrollTop = top - room;
    if (moved || !this.driving.size) this.driving = this.model.drivingPath(this.model.byUid.get(uid));
    this.window = null;
    this.update();
    if (take) this.focusShow();
    if (moved) this.host.dispatchEvent(new CustomEvent("bywhen:row", { bubbles: true, detail: { uid } }));
  }

  focusShow() {
    this.cell()?.focus({ preventScroll: true });
  }
}
