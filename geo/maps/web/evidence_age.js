/** How old the last evidence about each place is, in steps. */

/** The last day of each step but the oldest, counted from the evidence. */
const STEP_DAYS = [7, 30, 90];

/** How strongly each step is drawn, and how the legend names it. */
export const STEPS = [
  { strong: 1, text: "last evidence 0 to 7 days old" },
  { strong: 0.7, text: "8 to 30 days" },
  { strong: 0.45, text: "31 to 90 days" },
  { strong: 0.22, text: "older than 90 days" },
];

/**
 * Days of evidence by place: reports that change or confirm the map, and intervals that no report opens.
 * @param {import("./decode.js").MapData} data
 * @returns {Int32Array[]} sorted days of each place
 */
export function evidenceDays({ header, areaCount, readings: { doubt: { intervalStart, intervalDay, intervalEvent } } }) {
  const days = Array.from({ length: areaCount }, () => /** @type {number[]} */ ([]));
  header.events.place.forEach((/** @type {number} */ place, /** @type {number} */ k) => {
    const counts = header.events.changes_map[k] || header.events.corroborates[k] >= 0;
    if (place >= 0 && place < areaCount && counts) days[place].push(header.events.latest[k]);
  });
  for (let place = 0; place < areaCount; place++) {
    for (let k = intervalStart[place]; k < intervalStart[place + 1]; k++) {
      if (intervalEvent[k] < 0) days[place].push(intervalDay[k]);
    }
  }
  return days.map((list) => Int32Array.from(list).sort());
}

/**
 * The step, an index into STEPS, of a place on a day.
 * @param {Int32Array} days of its evidence
 * @param {number} day
 */
export function ageStep(days, day) {
  let last = days.length - 1;
  while (last >= 0 && days[last] > day) last--;
  if (last < 0) return STEPS.length - 1;
  const step = STEP_DAYS.findIndex((most) => day - days[last] <= most);
  return step < 0 ? STEP_DAYS.length : step;
}
