/** How dates, states and events read in a sentence. */
import { patternOf } from "./ink.js";
import { constants as CONSTANTS } from "./ink_constants.js";

const DAY_MS = 86_400_000;
// The browser's own formats (Intl) take 24 ms to set up, and the first picture would wait for them.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

const PRECISION = { 1: "exact day", 2: "two to six days", 3: "about a week", 4: "about a month", 5: "about a year" };
const ASSERTION = { assessed: "assessed", claimed: "a claim", disputed: "disputed" };

export class Words {
  /** @param {import("./payload").Header} header of MapData */
  constructor(header) {
    this.header = header;
    this.start = Date.parse(`${header.start_date}T00:00:00Z`);
  }

  /** @param {number} day */
  iso(day) {
    return new Date(this.start + day * DAY_MS).toISOString().slice(0, 10);
  }

  /**
   * Day number of an ISO date, or null where the text is not a date.
   * @param {string | null} iso
   */
  day(iso) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(iso ?? "")) return null;
    const time = Date.parse(`${iso}T00:00:00Z`);
    return Number.isNaN(time) ? null : Math.round((time - this.start) / DAY_MS);
  }

  /** @param {number} day */
  long(day) {
    return dateText(this.start + day * DAY_MS, MONTHS);
  }

  /** @param {number} day */
  medium(day) {
    return dateText(this.start + day * DAY_MS, SHORT_MONTHS);
  }

  /** @param {number} day */
  short(day) {
    return dayAndMonth(new Date(this.start + day * DAY_MS), SHORT_MONTHS);
  }

  /** @param {number} actor */
  actor(actor) {
    return actor < 0 ? "a side that is not named" : this.header.actors[actor].name;
  }

  /** Who holds a place, without a date, and who else says that it does. @param {import("./decode.js").State} state */
  state(state) {
    const isClaim = patternOf(state) === "lines";
    const claim = isClaim ? `; ${state.assertion === "disputed" ? "disputed" : "claimed"} by ${this.actor(state.contender)}` : "";
    return this.holder(state) + claim;
  }

  /** @param {import("./decode.js").State} state */
  holder(state) {
    if (state.actor < 0) return "Not known";
    if (state.undecided) {
      return `${this.actor(state.actor)} or ${this.actor(state.contender)}: the day of the change is not known exactly`;
    }
    if (state.status === "contested") {
      return `Contested: held by ${this.actor(state.actor)}, ` +
        (state.contender < 0 ? "the other side is not named" : `part taken by ${this.actor(state.contender)}`);
    }
    if (state.status === "mixed") return `Mixed: ${this.actor(state.actor)} and others`;
    if (state.status === "besieged") return `Held by ${this.actor(state.actor)}, besieged`;
    if (state.status === "unknown") return "Not known";
    return `Held by ${this.actor(state.actor)}`;
  }

  /** What an event says happened. @param {any} event row of header.events */
  event(event) {
    const [to, from] = [this.actor(event.to), this.actor(event.from)];
    if (event.status === "unknown") return "No longer known";
    if (event.status === "besieged") return `Besieged by ${to}`;
    if (event.status === "mixed") return `Also held by ${to}`;
    const taken = event.status === "contested" ? "Part taken" : "Taken";
    return `${taken} by ${to}` + (event.from < 0 ? "" : ` from ${from}`);
  }

  /** @param {any} event */
  eventDate(event) {
    if (event.earliest === event.latest) return this.long(event.latest);
    return `between ${this.short(event.earliest)} and ${this.long(event.latest)}`;
  }

  /** How many places change on a day. @param {{after: ArrayLike<number>}} changes */
  changes({ after }) {
    let possible = 0;
    for (let k = 0; k < after.length; k++) if (this.header.states[after[k]].undecided) possible++;
    const certain = after.length - possible;
    const parts = [
      certain && `${certain} ${certain === 1 ? "place changes" : "places change"}`,
      possible && `${possible} may have changed`,
    ];
    return parts.filter(Boolean).join(", ") || "no change recorded";
  }

  /** How many reports concern a place that has no ground of its own on the map. @param {number} reports */
  wider(reports) {
    return reports === 0 ? "" : `, ${reports} ${reports === 1 ? "report" : "reports"} on a wider area`;
  }

  /**
   * How many places changed between two dates.
   * @param {number} places
   * @param {number} days
   */
  changedBetween(places, days) {
    return `${places} ${places === 1 ? "place" : "places"} changed in ${days} ${days === 1 ? "day" : "days"}`;
  }

  /**
   * The day, or the two days, of a view, and as known when.
   * @param {{mode: string, from: number, day: number, when: string, known: string, clock: import("./known.js").ClockName}} view
   */
  period(view) {
    const { mode, from, day } = view;
    return (mode === "day" ? this.long(day) : `${this.long(from)} to ${this.long(day)}`) + this.asRead(view) + this.asKnown(view);
  }

  /** Where changes stand whose day is not known exactly; nothing where the doubt is shown. @param {{when: string}} view */
  asRead({ when }) {
    return when === "earliest" || when === "latest" ? `, each change on its ${when} possible day` : "";
  }

  /** Nothing where the view shows what is known now. @param {{known: string, clock: import("./known.js").ClockName}} view */
  asKnown({ known, clock }) {
    return known ? `, ${this.clock(clock).toLowerCase()} ${this.date(known)}` : "";
  }

  /** @param {import("./known.js").ClockName} clock */
  clock(clock) {
    return clock === "published" ? "As published by" : "As recorded by";
  }

  /** @param {string} iso */
  date(iso) {
    return dateText(Date.parse(`${iso}T00:00:00Z`), MONTHS);
  }

  /** @param {number} number */
  count(number) {
    return thousands(number);
  }

  /** Why a clock has no days to choose from; empty where it has. @param {import("./known.js").ClockRecord} record */
  whyNoEditions({ clock, days, too_many }) {
    if (days.length > 1) return "";
    if (days.length) return `all was ${clock} on ${this.date(days[0])}`;
    return too_many ? "too many records to keep each day of them" : "no report has changed this map";
  }

  /** @param {number} precision UCDP date precision 1 .. 5 */
  precision(precision) {
    return PRECISION[/** @type {1} */ (precision)];
  }

  /** @param {string} basis */
  basis(basis) {
    const reading = CONSTANTS.readings.find((one) => one.basis === basis);
    return (this.header.is_drawn_by_source && reading?.drawn) || (reading?.text ?? basis);
  }

  /** @param {string} assertion */
  assertion(assertion) {
    return ASSERTION[/** @type {"assessed"} */ (assertion)] ?? assertion;
  }
}

/**
 * One row of a table that is stored by columns.
 * @template {object} T
 * @param {T} columns
 * @param {number} index
 * @returns {{[K in keyof T]: T[K] extends ArrayLike<infer V> ? V : never}}
 */
export function rowOf(columns, index) {
  return /** @type {any} */ (Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values[index]])));
}

/** @param {number} number */
const thousands = (number) => number.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");

/** @param {number} area_km2 */
export function km2(area_km2) {
  return area_km2 < 1000 ? area_km2.toFixed(1) : thousands(area_km2);
}

/** @param {number} time @param {string[]} months */
function dateText(time, months) {
  const date = new Date(time);
  return `${dayAndMonth(date, months)} ${date.getUTCFullYear()}`;
}

/** @param {Date} date @param {string[]} months */
function dayAndMonth(date, months) {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}
