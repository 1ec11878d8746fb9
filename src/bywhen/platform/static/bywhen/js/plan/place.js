// Where the reader was in the plan, kept over the reload that an edit makes: what is scrolled to, narrowed and closed.
const KEPT = "bywhen.plan.place";
const LASTS = 60_000;

export function placeKeep(view, model) {
  addEventListener("submit", () => {
    const place = {
      path: location.pathname,
      at: Date.now(),
      top: view.scroller.scrollTop,
      left: view.scroller.scrollLeft,
      column: view.focus.column,
      filter: model.filter,
      closed: model.rows.filter((row) => row.closed).map((row) => row.uid),
    };
    try { sessionStorage.setItem(KEPT, JSON.stringify(place)); } catch { /* storage is off: the page starts at the chosen row */ }
  }, true);
}

/** What was kept for this plan a moment ago, once; null otherwise. */
export function placeTake() {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    return place && place.path === location.pathname && Date.now() - place.at < LASTS ? place : null;
  } catch {
    return null;
  }
}

/** Rows as they were closed and narrowed; the chosen row is shown in any case. */
export function rowsRestore(model, place, chosen) {
  for (const uid of place.closed) {
    const row = model.byUid.get(uid);
    if (row?.summary) row.closed = true;
  }
  model.filterSet(place.filter);
  if (chosen && !model.place.has(Number(chosen))) {
    model.rows.forEach((row) => { row.closed = false; });
    model.filterSet({ show: "all", words: "", owner: "" });
  }
}

/** Scrolled as it was, unless the chosen row would be out of sight. */
export function scrollRestore(view, model, place) {
  view.scroller.scrollLeft = place.left;
  view.scroller.scrollTop = place.top;
  view.focusTo(view.focus.uid, place.column);
}
