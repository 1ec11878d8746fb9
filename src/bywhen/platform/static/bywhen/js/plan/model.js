// The plan in the browser: rows, what is shown of them, the driving path, and the changes tried but not committed.
// Computes no schedule: what a change does to other tasks comes from the server's engine (the impact panel).
import { WorkDays, dayOf, isoOf } from "./days.js";

export class PlanModel extends EventTarget {
  constructor(data) {
    super();
    this.today = dayOf(data.today);
    this.me = data.me ?? "";
    this.work = new WorkDays(data.nonworking ?? []);
    this.rows = data.rows.map((row, index) => ({
      ...row,
      index,
      startDay: dayOf(row.start),
      finishDay: dayOf(row.finish),
      baseStart: dayOf(row.baseline_start),
      baseFinish: dayOf(row.baseline_finish),
      deadlineDay: dayOf(row.deadline),
      links: row.links ?? [],
      owners: (row.owner || "").split(", ").filter(Boolean),
      closed: false,
    }));
    this.byUid = new Map(this.rows.map((row) => [row.uid, row]));
    this.links = this.rows.flatMap((row) => row.links
      .filter((link) => this.byUid.has(link.from))
      .map((link) => ({ from: this.byUid.get(link.from), to: row, type: link.type ?? "FS", lag: link.lag ?? 0 })));
    this.filter = { show: "all", words: "", owner: "" };
    this.preview = new Map(); // uid -> {startDay, finishDay} of tasks that a tried change would move
    this.tried = null;
    this.shownMake();
  }

  span() {
    let first = this.today - 14;
    let last = this.today + 28;
    for (const row of this.rows) {
      for (const day of [row.startDay, row.finishDay, row.baseStart, row.baseFinish, row.deadlineDay]) {
        if (day === null) continue;
        if (day < first) first = day;
        if (day > last) last = day;
      }
    }
    return [first - 7, last + 42];
  }

  /** Rows to show, in order: filters first (with the summaries above what matches), then closed work packages. */
  shownMake() {
    const wanted = this.filter.words.trim().toLocaleLowerCase();
    const narrowed = wanted !== "" || this.filter.show !== "all" || this.filter.owner !== "";
    const keep = new Set();
    if (narrowed) {
      const above = [];
      for (const row of this.rows) {
        above.length = Math.min(above.length, row.level - 1);
        above[row.level - 1] = row;
        if (row.summary || !this.matches(row, wanted)) continue;
        for (const one of above) if (one) keep.add(one);
      }
    }
    this.shown = [];
    let closedAt = Infinity;
    for (const row of this.rows) {
      if (row.level > closedAt) continue;
      closedAt = Infinity;
      if (narrowed && !keep.has(row)) continue;
      if (row.closed && !narrowed) closedAt = row.level;
      this.shown.push(row);
    }
    this.place = new Map(this.shown.map((row, at) => [row.uid, at]));
    this.shownLinks = this.links
      .filter((link) => this.place.has(link.from.uid) && this.place.has(link.to.uid))
      .map((link) => {
        const a = this.place.get(link.from.uid);
        const b = this.place.get(link.to.uid);
        return { ...link, a, b, low: Math.min(a, b), high: Math.max(a, b) };
      });
    this.dispatchEvent(new Event("shown"));
  }

  matches(row, wanted) {
    if (wanted && !`${row.wbs} ${row.name} ${row.owner}`.toLocaleLowerCase().includes(wanted)) return false;
    if (this.filter.owner && !row.owners.includes(this.filter.owner)) return false;
    if (this.filter.show === "critical") return row.critical;
    if (this.filter.show === "mine") return row.owners.includes(this.me);
    if (this.filter.show === "weeks") return row.startDay !== null && row.percent < 100 && row.startDay <= this.today + 27 && row.finishDay >= this.today;
    return true;
  }

  filterSet(change) {
    Object.assign(this.filter, change);
    this.shownMake();
  }

  closedSet(row, closed) {
    if (!row.summary || row.closed === closed) return false;
    row.closed = closed;
    this.shownMake();
    return true;
  }

  /** Which predecessors decide where `row` lands: back along the drivers that the engine named. */
  drivingPath(row) {
    const uids = new Set();
    for (let at = row; at && !uids.has(at.uid); at = this.byUid.get(at.driver)) uids.add(at.uid);
    return uids;
  }

  where(row) {
    return this.preview.get(row.uid) ?? row;
  }

  /** The change that is tried and not committed: `{row, before, change}`, or null. One at a time: the consequence is of one. */
  get pending() {
    return this.tried ?? null;
  }

  /** Try a change: `{start}`, `{duration_days}` or `{percent}`. The view shows it, the caller asks what it would do. */
  changeTry(row, change) {
    if (this.tried) this.putBack();
    const before = { startDay: row.startDay, finishDay: row.finishDay, duration_days: row.duration_days, percent: row.percent };
    if (change.start) {
      row.startDay = this.work.snap(dayOf(change.start));
      row.finishDay = row.milestone ? row.startDay : this.work.add(row.startDay, Math.max(0, Math.ceil(row.duration_days) - 1));
    }
    if (change.duration_days !== undefined) {
      row.duration_days = change.duration_days;
      row.finishDay = this.work.add(row.startDay, Math.max(0, Math.ceil(row.duration_days) - 1));
    }
    if (change.percent !== undefined) row.percent = change.percent;
    row.tried = { startDay: before.startDay, finishDay: before.finishDay };
    const detail = { uid: row.uid, ...change };
    if (change.start) detail.start = isoOf(row.startDay);
    this.tried = { row, before, change: detail };
    this.dispatchEvent(new CustomEvent("tried", { detail: { row, change: detail } }));
  }

  /** Drop the tried change; answers its row. */
  discard() {
    const row = this.putBack();
    if (row) this.dispatchEvent(new CustomEvent("undone", { detail: { row } }));
    return row;
  }

  putBack() {
    if (!this.tried) return null;
    const { row, before } = this.tried;
    Object.assign(row, before);
    delete row.tried;
    this.tried = null;
    this.preview.clear();
    return row;
  }

  previewSet(rows) {
    this.preview = new Map(rows.map((row) => [row.uid, { startDay: dayOf(row.start), finishDay: dayOf(row.finish) }]));
    this.dispatchEvent(new Event("preview"));
  }
}
