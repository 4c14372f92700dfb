/**
 * What is chosen on the map, apart from the map's own position: the part of the link that moves with time.
 *
 * @typedef {object} View
 * @property {"day" | "range" | "compare"} mode one day; what changed between two; two days side by side
 * @property {number} day     the day, or the later of the two
 * @property {number} from    the earlier of the two
 * @property {import("./timeline.js").When} when how a date is read that is a range
 * @property {number} actor   changes shown: those that this actor gained or lost by; -1 for all
 * @property {"" | "observed" | "inferred"} basis changes shown: those with this basis; "" for all
 * @property {import("./dates.js").Step} step
 * @property {boolean} fade   places fade with the age of their last evidence
 * @property {string} known   the day, as ISO, at the end of which this was known; empty for what is known now
 * @property {import("./known.js").ClockName} clock by which it was known
 */

/**
 * What a link asks for, completed by what a map opens with.
 * @param {Partial<import("./link.js").LinkState>} wanted
 * @param {import("./payload").Header} header
 * @param {import("./words.js").Words} words
 * @returns {View}
 */
export function readView(wanted, header, words) {
  const last = header.day_count - 1;
  const within = (/** @type {string | undefined} */ iso, /** @type {number} */ otherwise) =>
    Math.max(0, Math.min(last, words.day(iso ?? null) ?? otherwise));
  const mode = oneOf(wanted.mode, ["day", "range", "compare"]);
  const from = within(wanted.from, 0);
  const filters = new Map((wanted.filters ?? "").split(",").map((part) => /** @type {[string, string]} */ (part.split(":"))));
  const known = /^(recorded|published):(\d{4}-\d{2}-\d{2})$/.exec(wanted.known ?? "");
  return {
    mode,
    from,
    day: mode === "day" ? within(wanted.date, header.opening_day) : Math.max(from, within(wanted.to, last)),
    when: oneOf(wanted.when, ["doubt", "earliest", "latest"]),
    actor: header.actors.findIndex((/** @type {any} */ actor) => actor.id === filters.get("side")),
    basis: oneOf(filters.get("basis"), ["", "observed", "inferred"]),
    step: oneOf(wanted.step, ["day", "week", "month"]),
    fade: wanted.fade === "1",
    known: known && !Number.isNaN(Date.parse(known[2])) ? known[2] : "",
    clock: oneOf(known?.[1], ["recorded", "published"]),
  };
}

/**
 * What is said where a link was made with other data; empty where it was made with these.
 * @param {Partial<import("./link.js").LinkState>} wanted
 * @param {import("./payload").Header} header
 */
export function otherVersion({ version: made }, { version }) {
  if (!made || made === version) return "";
  return `The data version of this link, ${made}, is not here any more; you see version ${version}. Colours may differ.`;
}

/**
 * What is said where a link asks for days that the map does not have; empty where it has them.
 * @param {Partial<import("./link.js").LinkState>} wanted
 * @param {import("./payload").Header} header
 * @param {import("./words.js").Words} words
 */
export function datesElsewhere({ mode, date, from, to }, header, words) {
  const asked = mode === "range" || mode === "compare" ? [from, to] : [date];
  const days = asked.map((iso) => words.day(iso ?? null)).filter((day) => day !== null);
  const beyond = days.filter((day) => day < 0 || day >= header.day_count);
  if (!beyond.length) return "";
  return `This link asks for ${beyond.map((day) => words.long(day)).join(" and ")}. The map goes from ` +
    `${words.long(0)} to ${words.long(header.day_count - 1)}; you see the nearest day.`;
}

/**
 * The view as the link has it; what a map opens with anyway is left out.
 * @param {View} view
 * @param {import("./payload").Header} header
 * @param {import("./words.js").Words} words
 * @returns {Partial<import("./link.js").LinkState>}
 */
export function writeView(view, header, words) {
  const single = view.mode === "day";
  const filters = [view.actor >= 0 && `side:${header.actors[view.actor].id}`, view.basis && `basis:${view.basis}`];
  return {
    mode: single ? "" : view.mode,
    date: single ? words.iso(view.day) : "",
    from: single ? "" : words.iso(view.from),
    to: single ? "" : words.iso(view.day),
    when: view.when === "doubt" ? "" : view.when,
    filters: filters.filter(Boolean).join(","),
    step: view.step === "day" ? "" : view.step,
    fade: view.fade ? "1" : "",
    known: view.known ? `${view.clock}:${view.known}` : "",
  };
}

/**
 * @template {string} T
 * @param {string | undefined} value
 * @param {T[]} choices the first is taken for anything else
 * @returns {T}
 */
function oneOf(value, choices) {
  return choices.find((choice) => choice === value) ?? choices[0];
}
