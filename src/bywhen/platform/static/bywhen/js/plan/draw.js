// Draws rows and links as SVG in the coordinates of the whole plan; the view decides which rows exist at a time.
const NS = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, parent = null) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

/** Left and right edge of a row's bar; a finish lasts to the end of its day. */
export function edges(scale, place, milestone) {
  if (milestone) {
    const x = scale.x(place.finishDay) + scale.px / 2;
    return [x, x];
  }
  return [scale.x(place.startDay), scale.x(place.finishDay + 1)];
}

/** One row: baseline ghost, bar with its done part, float, deadline. Colour never says alone that a task is critical: its outline is thicker. */
export function rowDraw(row, at, { scale, model, height }) {
  const group = svg("g", { class: `r${row.critical ? " critical" : ""}`, transform: `translate(0 ${at * height})`, "data-uid": row.uid });
  if (row.startDay === null || row.finishDay === null) return group;
  const middle = height / 2 + 1;
  const place = model.where(row);
  const [left, right] = edges(scale, place, row.milestone);
  const before = row.tried ?? (place === row ? null : row);
  if (row.baseFinish !== null) ghostDraw(group, row, scale, middle);
  if (before) {
    const [from, to] = edges(scale, before, row.milestone);
    if (row.milestone) svg("path", { class: "was", transform: `translate(${from} ${middle})`, d: "M0-7 7 0 0 7-7 0z" }, group);
    else svg("rect", { class: "was", x: from, y: middle - 6, width: Math.max(to - from, 3), height: 12, rx: 3 }, group);
  }
  if (row.milestone) {
    svg("path", { class: "bar diamond", transform: `translate(${left} ${middle})`, d: "M0-8 8 0 0 8-8 0z" }, group);
  } else if (row.summary) {
    svg("path", { class: "bar summary", d: `M${left} ${middle - 4}H${right}v8l-4-4H${left + 4}l-4 4z` }, group);
  } else {
    const width = Math.max(right - left, 3);
    svg("rect", { class: "bar", x: left, y: middle - 6, width, height: 12, rx: 3 }, group);
    if (row.percent > 0) svg("rect", { class: "done", x: left, y: middle - 6, width: (width * Math.min(row.percent, 100)) / 100, height: 12, rx: 3 }, group);
    if (width >= 24) svg("rect", { class: "grip", x: right - 7, y: middle - 8, width: 9, height: 16 }, group);
  }
  if (!row.summary && row.total_float_days > 0 && row.percent < 100) {
    const end = scale.x(model.work.add(place.finishDay, Math.round(row.total_float_days)) + 1);
    svg("path", { class: "float", d: `M${right + (row.milestone ? 8 : 0)} ${middle}H${end}m0-3v6` }, group);
  }
  if (row.deadlineDay !== null) {
    const x = scale.x(row.deadlineDay + 1);
    svg("path", { class: row.finishDay > row.deadlineDay ? "deadline missed" : "deadline", d: `M${x} ${middle - 8}v10l-4-5h8l-4 5` }, group);
  }
  if (row.milestone) svg("text", { class: "name", x: left + 13, y: middle + 4 }, group).textContent = row.name.replace(/^Milestone: /, "");
  return group;
}

function ghostDraw(group, row, scale, middle) {
  if (row.milestone) {
    const x = scale.x(row.baseFinish) + scale.px / 2;
    svg("path", { class: "ghost", transform: `translate(${x} ${middle - 11})`, d: "M0-3 3 0 0 3-3 0z" }, group);
  } else {
    const from = scale.x(row.baseStart ?? row.baseFinish);
    svg("rect", { class: "ghost", x: from, y: middle - 12, width: Math.max(scale.x(row.baseFinish + 1) - from, 2), height: 3, rx: 1.5 }, group);
  }
}

/** The lines and heads of all links that touch rows low..high, as path data for plain, critical and driving links. */
export function linksDraw(links, low, high, driving, { scale, model, height }) {
  const drawn = { plain: ["", ""], critical: ["", ""], driving: ["", ""] };
  for (const link of links) {
    if (link.high < low || link.low > high) continue;
    const onPath = driving.size > 1 && driving.has(link.from.uid) && driving.has(link.to.uid);
    const near = (link.a >= low && link.a <= high) || (link.b >= low && link.b <= high);
    if (!near && !onPath) continue;
    if (link.from.startDay === null || link.to.startDay === null) continue;
    const kind = onPath ? "driving" : link.from.critical && link.to.critical ? "critical" : "plain";
    const [line, head] = linkPath(link, scale, model, height);
    drawn[kind][0] += line;
    drawn[kind][1] += head;
  }
  return drawn;
}

function linkPath(link, scale, model, height) {
  const [fromLeft, fromRight] = edges(scale, model.where(link.from), link.from.milestone);
  const [toLeft, toRight] = edges(scale, model.where(link.to), link.to.milestone);
  const pad = link.to.milestone ? 8 : 0;
  const y1 = link.a * height + height / 2 + 1;
  const y2 = link.b * height + height / 2 + 1;
  const out = link.type.startsWith("F") ? 1 : -1;
  const into = link.type.endsWith("S") ? 1 : -1;
  const x1 = link.type.startsWith("F") ? fromRight + (link.from.milestone ? 8 : 0) : fromLeft - (link.from.milestone ? 8 : 0);
  const x2 = into > 0 ? toLeft - pad : toRight + pad;
  const down = y2 > y1 ? 1 : -1;
  // Straight down into the bar's top when the successor starts at or after the end: the shortest line the eye can follow.
  if (out > 0 && into > 0 && !link.to.milestone && x2 >= x1 - 1) {
    const x = x2 + Math.min(5, Math.max(2, (toRight - toLeft) / 3));
    const y = y2 - down * 6;
    return [`M${x1} ${y1}H${x}V${y}`, `M${x} ${y}l-3 ${-4 * down}h6z`];
  }
  const turn = x1 + out * 6;
  const lane = y2 - down * (height / 2 - 2);
  const tail = x2 - into * 8;
  return [`M${x1} ${y1}H${turn}V${lane}H${tail}V${y2}H${x2}`, `M${x2} ${y2}l${-5 * into}-3v6z`];
}
