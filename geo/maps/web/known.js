/**
 * What the map showed as its records became known: reads what geo/maps/known.py writes, and turns the map's data to
 * an edition. Edition 0 is the starting position alone; edition k is what was known at the end of the k-th day.
 *
 * @typedef {"recorded" | "published"} ClockName
 *
 * @typedef {object} Older  how places were before an edition; those of one place stand together, newest first
 * @property {Int32Array} places
 * @property {Int32Array} until      the edition from which on it was no longer so
 * @property {Int32Array} keeps      how many intervals of the next newer version it begins with
 * @property {Int32Array} restStart  it goes on with the rest's intervals restStart[k] .. restStart[k+1]-1
 * @property {Int32Array} days
 * @property {Int32Array} states     indexes into header.states
 * @property {Int32Array} events     indexes into header.events, -1 for the baseline
 *
 * @typedef {object} Clock
 * @property {ClockName} clock
 * @property {string[]} days         ISO, ascending
 * @property {Int32Array} known      the edition from which on each event is known
 * @property {Record<string, Older>} older  by reading
 * @property {{events: Int32Array, until: Int32Array, rules: Int32Array, corroborates: Int32Array}} rulings
 *
 * @typedef {{clock: ClockName, days: string[], readings: string[], too_many: boolean}} ClockRecord
 * @typedef {object} KnownHeader
 * @property {ClockRecord[]} clocks
 * @property {import("./decode.js").State[]} states
 * @property {{id: string, changes_map: boolean}[]} rules
 * @property {[string, number, number][]} columns
 */
import { columnsOf, cumulative, headerOf, unpacked } from "./binary.js";

export class Known {
  /**
   * @param {import("./decode.js").MapData} data is changed by `turn`
   * @param {ArrayBuffer} buffer the container, decompressed
   */
  constructor(data, buffer) {
    this.data = data;
    const header = /** @type {KnownHeader} */ (/** @type {unknown} */ (headerOf(buffer)));
    const column = columnsOf(buffer, header);
    const numbers = header.states.map((state) => stateNumber(data.header.states, state));
    /** What each clock says of itself, also where it has too little to choose from. */
    this.records = header.clocks;
    /** The clocks that can be chosen. */
    this.clocks = header.clocks.filter(({ days }) => days.length > 1).map((record) => clockOf(record, column, numbers));
    this.rules = header.rules;
    this.now = { readings: { ...data.readings }, events: { ...data.header.events }, mentions: { ...data.header.mentions } };
  }

  /** @param {ClockName} name */
  clock(name) {
    return this.clocks.find(({ clock }) => clock === name) ?? null;
  }

  /** How many reports there are, and how many of them were known. @param {Clock} clock @param {number} edition */
  counted({ known }, edition) {
    const reports = known.filter((_, event) => this.now.events.corroborates[event] < 0);
    return { all: reports.length, known: reports.filter((from) => from <= edition).length };
  }

  /**
   * Turn the map's data to what was known at the end of a day, or to what is known now.
   * @param {Clock | null} clock null for now
   * @param {string} day ISO
   */
  turn(clock, day) {
    const { data, now } = this;
    const { events, mentions, documents } = data.header;
    data.readings = { ...now.readings };
    Object.assign(events, now.events);
    Object.assign(mentions, now.mentions);
    if (!clock) return;
    const edition = editionOn(clock.days, day);
    for (const [when, older] of Object.entries(clock.older)) {
      data.readings[when] = olderIntervals(now.readings[when] ?? now.readings.doubt, older, edition);
    }
    Object.assign(events, olderEvents(now.events, clock, this.rules, edition));
    if (clock.clock === "published") Object.assign(mentions, publishedMentions(now.mentions, documents, day));
  }
}

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./binary.js").Source} source
 */
export async function openKnown(data, source) {
  return new Known(data, await unpacked(source));
}

/**
 * The edition that a day shows: the last one up to it.
 * @param {string[]} days ISO, ascending
 * @param {string} day
 */
export function editionOn(days, day) {
  return days.filter((other) => other <= day).length;
}

/**
 * Intervals as they were in an edition.
 * @param {import("./decode.js").Intervals} now
 * @param {Older} older
 * @param {number} edition
 * @returns {import("./decode.js").Intervals}
 */
export function olderIntervals(now, { places, until, keeps, restStart, days, states, events }, edition) {
  const { intervalStart, intervalDay, intervalState, intervalEvent } = now;
  /** @type {Map<number, [day: number, state: number, event: number][]>} */
  const otherwise = new Map();
  for (let k = 0; k < places.length; k++) {
    if (until[k] <= edition) continue;
    const place = places[k];
    const newer = otherwise.get(place);
    const kept = newer ? newer.slice(0, keeps[k]) : range(intervalStart[place], intervalStart[place] + keeps[k])
      .map((at) => /** @type {[number, number, number]} */ ([intervalDay[at], intervalState[at], intervalEvent[at]]));
    const rest = range(restStart[k], restStart[k + 1])
      .map((at) => /** @type {[number, number, number]} */ ([days[at], states[at], events[at]]));
    otherwise.set(place, [...kept, ...rest]);
  }
  const counts = Int32Array.from({ length: intervalStart.length - 1 }, (_, place) =>
    otherwise.get(place)?.length ?? intervalStart[place + 1] - intervalStart[place]);
  const start = cumulative(counts);
  const total = start[start.length - 1];
  const [day, state, event] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)];
  for (let place = 0; place < counts.length; place++) {
    const [from, to] = [intervalStart[place], intervalStart[place + 1]];
    const intervals = otherwise.get(place);
    if (!intervals) {
      day.set(intervalDay.subarray(from, to), start[place]);
      state.set(intervalState.subarray(from, to), start[place]);
      event.set(intervalEvent.subarray(from, to), start[place]);
    }
    intervals?.forEach((interval, k) => ([day[start[place] + k], state[start[place] + k], event[start[place] + k]] = interval));
  }
  return { intervalStart: start, intervalDay: day, intervalState: state, intervalEvent: event };
}

/**
 * The events as they were: one that was not known has no place, and so is nowhere; what decided on the others is what
 * decided then.
 * @param {import("./payload").Events} now
 * @param {Pick<Clock, "known" | "rulings">} clock
 * @param {KnownHeader["rules"]} rules
 * @param {number} edition
 */
export function olderEvents(now, { known, rulings }, rules, edition) {
  const [rule, corroborates, changes_map] = [[...now.rule], [...now.corroborates], [...now.changes_map]];
  rulings.events.forEach((event, k) => {
    if (rulings.until[k] <= edition) return;
    const decided = rules[rulings.rules[k]];
    [rule[event], changes_map[event], corroborates[event]] = [decided.id, decided.changes_map, rulings.corroborates[k]];
  });
  return { place: now.place.map((place, event) => (known[event] <= edition ? place : -1)), rule, corroborates, changes_map };
}

/**
 * @param {import("./payload").Mentions} now
 * @param {import("./payload").Documents} documents
 * @param {string} day
 */
function publishedMentions({ place, document }, documents, day) {
  return { place: place.map((one, k) => (documents.published[document[k]] <= day ? one : -1)) };
}

/**
 * @param {ClockRecord} record
 * @param {import("./binary.js").ReadColumn} read
 * @param {number[]} numbers of the states in header.states
 * @returns {Clock}
 */
function clockOf({ clock, days, readings }, read, numbers) {
  const column = (/** @type {string} */ name) => Int32Array.from(read(`${clock}_${name}`));
  const older = readings.map((when) => [when, {
    places: column(`${when}_places`),
    until: column(`${when}_until`),
    keeps: column(`${when}_keeps`),
    restStart: cumulative(column(`${when}_rests`)),
    days: column(`${when}_rest_days`),
    states: column(`${when}_rest_states`).map((state) => numbers[state]),
    events: column(`${when}_rest_events`).map(less),
  }]);
  const rulings = {
    events: column("ruling_events"),
    until: column("ruling_until"),
    rules: column("ruling_rules"),
    corroborates: column("ruling_corroborates").map(less),
  };
  return { clock, days, known: column("known"), older: Object.fromEntries(older), rulings };
}

/**
 * Where a state stands; one that the map of today does not have is added.
 * @param {import("./decode.js").State[]} states
 * @param {import("./decode.js").State} state
 */
function stateNumber(states, state) {
  const parts = /** @type {(keyof typeof state)[]} */ (["actor", "contender", "status", "assertion", "basis", "undecided"]);
  const found = states.findIndex((other) => parts.every((part) => other[part] === state[part]));
  return found < 0 ? states.push(state) - 1 : found;
}

/** @param {number} number */
const less = (number) => number - 1;

/** @param {number} from @param {number} to */
function range(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}
