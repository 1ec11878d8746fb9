// The time scale: pixels a day for each zoom, and the ticks of the two header lines.
import { dayLong, monthShort, monthText, parts, weekdayOf } from "./days.js";

export const ZOOMS = { day: 28, week: 9, month: 3 };

export class Scale {
  constructor(first, last, zoom) {
    this.first = first;
    this.last = last;
    this.zoom = zoom;
    this.px = ZOOMS[zoom];
  }

  get width() {
    return (this.last - this.first + 1) * this.px;
  }

  x(day) {
    return (day - this.first) * this.px;
  }

  dayAt(x) {
    return this.first + Math.floor(x / this.px);
  }

  /** Upper and lower header ticks between two pixels: `{x, text, strong}`. */
  ticks(left, right) {
    const upper = [];
    const lower = [];
    const from = Math.max(this.first, this.dayAt(left) - 31);
    const to = Math.min(this.last, this.dayAt(right) + 1);
    for (let day = from; day <= to; day += 1) {
      const p = parts(day);
      const month = p.date === 1 || day === this.first;
      if (this.zoom === "month") {
        if (month && (p.month === 0 || day === this.first)) upper.push({ x: this.x(day), text: String(p.year) });
        if (month) lower.push({ x: this.x(day), text: monthShort(day) });
        continue;
      }
      if (month) upper.push({ x: this.x(day), text: monthText(day) });
      if (this.zoom === "week" && weekdayOf(day) === 0) lower.push({ x: this.x(day), text: String(p.date) });
      if (this.zoom === "day") lower.push({ x: this.x(day), text: String(p.date), day: dayLong(day).slice(0, 2) });
    }
    return { upper, lower };
  }
}
