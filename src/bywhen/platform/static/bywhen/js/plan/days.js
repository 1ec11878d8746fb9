// Days as whole numbers since 1970 (no time zone can shift them), working days, and how a day is written.
const MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NAMES = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]; // 1 January 1970 was a Thursday

export const dayOf = (iso) => (iso ? Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / MS) : null);
export const isoOf = (day) => new Date(day * MS).toISOString().slice(0, 10);
export const parts = (day) => {
  const date = new Date(day * MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate(), name: NAMES[((day % 7) + 7) % 7] };
};
export const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7; // Monday = 0

/** "23 Nov", with the year where it is not `year`. */
export function dayText(day, year) {
  if (day === null) return "–";
  const p = parts(day);
  return `${p.date} ${MONTHS[p.month]}${p.year === year ? "" : ` ${String(p.year).slice(2)}`}`;
}
export const dayLong = (day) => {
  const p = parts(day);
  return `${p.name} ${p.date} ${MONTHS[p.month]}`;
};
export const monthText = (day) => `${MONTHS[parts(day).month]} ${parts(day).year}`;
export const monthShort = (day) => MONTHS[parts(day).month];

/** Working days of the plan's calendar, given its days off as inclusive ranges. */
export class WorkDays {
  constructor(ranges) {
    this.off = new Set();
    for (const [first, last] of ranges) for (let day = dayOf(first); day <= dayOf(last); day += 1) this.off.add(day);
  }

  works(day) {
    return !this.off.has(day);
  }

  /** `day` itself when worked, else the next worked day in `direction`. */
  snap(day, direction = 1) {
    for (let tries = 0; tries < 400 && !this.works(day); tries += 1) day += direction;
    return day;
  }

  /** The day `count` working days after (or before) `day`. */
  add(day, count) {
    const step = count < 0 ? -1 : 1;
    for (let left = Math.abs(count); left > 0; ) {
      day = this.snap(day + step, step);
      left -= 1;
    }
    return day;
  }

  /** Working days from `from` to `to`; negative when `to` is earlier. */
  between(from, to) {
    const step = to < from ? -1 : 1;
    let count = 0;
    for (let day = from; day !== to; day += step) if (this.works(day + (step > 0 ? 1 : 0))) count += step;
    return count;
  }
}
