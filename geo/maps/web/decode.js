/**
 * The map's data, as geo/maps/payload.py writes it.
 *
 * @typedef {{actor: number, contender: number, status: string, assertion: string, basis: string, undecided: boolean}} State
 *   What one colour means; actor and contender are indexes into header.actors, -1 for none.
 * @typedef {object} Data
 * @property {import("./payload").Header} header  titles, actors, states, places, events, documents (see payload.py)
 * @property {number} areaCount      places 0 .. areaCount-1 have an area, the others only a point
 * @property {Float64Array} bounds   west, north, east and south of each area, in Web Mercator
 * @property {Record<string, Intervals>} readings  "doubt", and "earliest" and "latest" where dates are ranges
 * @typedef {Data & import("./shapes.js").Rings} MapData
 *
 * @typedef {object} Intervals  when each place changes, and into which state
 * @property {Int32Array} intervalStart  place i has the intervals intervalStart[i] .. intervalStart[i+1]-1
 * @property {Int32Array} intervalDay    first day of an interval, counted from header.start_date
 * @property {import("./binary.js").Numbers} intervalState  index into header.states
 * @property {Int32Array} intervalEvent  index into header.events, -1 for the baseline
 */
import { columnsOf, cumulative, headerOf, unpacked, unzigzag } from "./binary.js";
import { shapesOf } from "./shapes.js";

/**
 * Fetch and decode it.
 * @param {import("./binary.js").Source} source
 * @returns {Promise<MapData>}
 */
export async function load(source) {
  return decode(await unpacked(source));
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {MapData}
 */
export function decode(buffer) {
  const header = headerOf(buffer);
  const column = columnsOf(buffer, header);
  unfold(header.places, header.places.id.length);
  unfold(header.baseline, column("rings_per_area").length);
  const { places, ...shapes } = shapesOf(column, Math.round(1 / header.degrees_per_unit));
  Object.assign(header.places, places);
  return { header, readings: readingsOf(column, header), ...shapes };
}

/**
 * A column whose values are all alike travels as {all: value}.
 * @param {Record<string, any>} columns
 * @param {number} count
 */
function unfold(columns, count) {
  for (const [name, values] of Object.entries(columns)) {
    if (!Array.isArray(values)) columns[name] = new Array(count).fill(values.all);
  }
}

/**
 * When each place changes, by how dates are read.
 * @param {import("./binary.js").ReadColumn} column
 * @param {import("./payload").Header} header
 * @returns {MapData["readings"]}
 */
function readingsOf(column, { readings }) {
  const doubt = intervalsOf(column, "");
  const others = readings.map((when) => [when, replaced(doubt, column(`${when}_places`), intervalsOf(column, `${when}_`))]);
  return Object.fromEntries([["doubt", doubt], ...others]);
}

/**
 * @param {import("./binary.js").ReadColumn} column
 * @param {string} prefix of the columns' names
 * @returns {Intervals}
 */
function intervalsOf(column, prefix) {
  const intervalStart = cumulative(column(`${prefix}intervals_per_place`));
  const steps = column(`${prefix}interval_event_steps`);
  const intervalDay = daysFromGaps(column(`${prefix}interval_gaps`), intervalStart);
  return withEvents({ intervalStart, intervalDay, intervalState: column(`${prefix}interval_states`) }, () => eventsFromSteps(steps));
}

/**
 * Intervals whose events are worked out when they are asked for: nothing that is drawn needs them.
 * @param {Omit<Intervals, "intervalEvent">} intervals
 * @param {() => Int32Array} eventsOf
 * @returns {Intervals}
 */
function withEvents(intervals, eventsOf) {
  /** @type {Int32Array | null} */
  let events = null;
  return { ...intervals, get intervalEvent() { return (events ??= eventsOf()); } };
}

/** @param {import("./binary.js").Numbers} steps */
function eventsFromSteps(steps) {
  const events = new Int32Array(steps.length);
  for (let k = 0, event = -1; k < events.length; k++) events[k] = event += unzigzag(steps[k]);
  return events;
}

/**
 * Intervals in which some places have others.
 * @param {Intervals} base
 * @param {import("./binary.js").Numbers} places the places that have others, ascending
 * @param {Intervals} others intervals of those places, in their order
 * @returns {Intervals}
 */
function replaced(base, places, others) {
  const placeCount = base.intervalStart.length - 1;
  const other = new Int32Array(placeCount).fill(-1);
  places.forEach((place, k) => (other[place] = k));
  const counts = Int32Array.from(other, (k, place) =>
    k < 0 ? base.intervalStart[place + 1] - base.intervalStart[place] : others.intervalStart[k + 1] - others.intervalStart[k],
  );
  const intervalStart = cumulative(counts);
  const pick = (/** @type {"intervalDay" | "intervalState" | "intervalEvent"} */ column) => {
    const out = new Int32Array(intervalStart[placeCount]);
    for (let place = 0; place < placeCount; place++) {
      const [source, k] = other[place] < 0 ? [base, place] : [others, other[place]];
      out.set(source[column].subarray(source.intervalStart[k], source.intervalStart[k + 1]), intervalStart[place]);
    }
    return out;
  };
  const [intervalDay, intervalState] = [pick("intervalDay"), pick("intervalState")];
  return withEvents({ intervalStart, intervalDay, intervalState }, () => pick("intervalEvent"));
}

/**
 * @param {import("./binary.js").Numbers} gaps
 * @param {Int32Array} intervalStart
 */
function daysFromGaps(gaps, intervalStart) {
  const days = new Int32Array(gaps.length);
  for (let place = 0; place + 1 < intervalStart.length; place++) {
    let day = 0;
    for (let k = intervalStart[place]; k < intervalStart[place + 1]; k++) {
      day += gaps[k];
      days[k] = day;
    }
  }
  return days;
}
