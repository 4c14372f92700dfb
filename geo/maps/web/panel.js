/** The panel of one place: its names, its state on the day, its history, and why for each change. */
import { h, name, webLink } from "./dom.js";
import { groundUnder } from "./ground.js";
import { km2, rowOf } from "./words.js";

const ALIASES_AT_MOST = 12;

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./words.js").Words} words
 * @param {ReturnType<typeof import("./swatches.js").swatches>} swatch
 * @param {{onClose: () => void, onDay: (day: number) => void, evidencePage: string | null,
 *   asKnown: () => string, copyButton: () => HTMLElement}} options asKnown: on which earlier day this was known, in words
 */
export function panel(data, timeline, words, swatch, { onClose, onDay, evidencePage, asKnown, copyButton }) {
  const { header } = data;
  const element = h("aside", { class: "card panel", tabindex: -1, "aria-label": "Place", hidden: true });
  const isTown = new Set(header.towns);
  let shown = -1;
  /** @type {HTMLElement | null} */
  let cameFrom = null;
  /** The ground that is told about: the place's own, or what a town stands on; -1 for none. */
  let ground = -1;

  function open(/** @type {number} */ place) {
    shown = place;
    ground = place < data.areaCount ? place : isTown.has(place) ? groundUnder(data, place) : -1;
    if (place < 0 && element.contains(document.activeElement)) cameFrom?.focus();
    element.hidden = place < 0;
    if (place < 0) return element.replaceChildren();
    element.replaceChildren(...[heading(place), now(), history(place), mentions(place)].filter((part) => part !== null));
    element.scrollTop = 0;
    show();
  }

  /** Go on in the panel with the keyboard; closing it leads back. */
  function focus() {
    const now = document.activeElement;
    if (now instanceof HTMLElement && !element.contains(now)) cameFrom = now;
    element.focus({ preventScroll: true });
  }

  /** The state on the current day changes with the slider; changes that are still to come are dimmed. */
  function show() {
    if (shown < 0) return;
    element.querySelector(".now")?.replaceWith(now());
    for (const item of element.querySelectorAll("[data-day]")) {
      item.classList.toggle("to-come", Number(item.dataset.day) > timeline.day);
    }
  }

  function heading(/** @type {number} */ place) {
    const { name: names, name_local, aliases, area_km2, area_basis, latitude, longitude } = header.places;
    const others = aliases[place].split("|");
    const facts = [
      area_km2[place] && `${km2(area_km2[place])} km²`,
      `${latitude[place].toFixed(4)}, ${longitude[place].toFixed(4)}`,
      area_basis[place] === "inferred" && "outline inferred",
      ground >= 0 && ground !== place && `on ${km2(area_km2[ground])} km² of ground with one history`,
    ];
    return h("header", {},
      h("button", { type: "button", class: "close", "aria-label": "Close", onclick: onClose }, "×"),
      h("h1", {}, name(names[place])),
      name_local[place] && h("p", { class: "local" }, name(name_local[place])),
      h("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
      aliases[place] && h("p", { class: "facts" }, "Also ", name(others.slice(0, ALIASES_AT_MOST).join(", ")),
        others.length > ALIASES_AT_MOST && ` and ${others.length - ALIASES_AT_MOST} more names`),
      copyButton());
  }

  function now() {
    if (ground < 0) return h("p", { class: "now" }, `${isTown.has(shown) ? "Beyond the ground of this map" : "Named in documents"}; no control is recorded for it.`);
    const since = sinceDay(timeline, header.states, ground);
    const state = header.states[timeline.state[ground]];
    return h("div", { class: "now" },
      swatch(timeline.state[ground], "swatch wide"),
      h("p", {}, h("b", {}, words.long(timeline.day)), asKnown(), h("br"), name(words.state(state)),
        state.actor < 0 ? "" : `, since ${since === 0 ? "before " : ""}${words.long(since)}`,
        ` (${words.basis(state.basis)}).`,
        ...(evidencePage && !asKnown() ? [h("br"), explanationLink(ground)] : [])));
  }

  function explanationLink(/** @type {number} */ place) {
    const query = new URLSearchParams({ dataset: header.dataset.id, place: header.places.id[place], date: words.iso(timeline.day) });
    return h("a", { href: `places?${query}`, target: "_blank", rel: "noopener" }, "Why on this day?");
  }

  function history(/** @type {number} */ place) {
    const events = header.events.place
      .flatMap((/** @type {number} */ other, /** @type {number} */ k) =>
        (other === place || other === ground ? [{ ...rowOf(header.events, k), index: k }] : []))
      .filter((/** @type {any} */ event) => event.corroborates < 0);
    if (ground < 0 && !events.length) return null;
    return h("section", {}, h("h2", {}, "History of control"),
      h("ol", {}, ...events.reverse().map(change), ground >= 0 && baseline(ground)));
  }

  function change(/** @type {any} */ event) {
    const rule = header.rules.find((/** @type {any} */ other) => other.id === event.rule);
    const others = header.events.corroborates
      .flatMap((/** @type {number} */ other, /** @type {number} */ k) => (other === event.index ? [rowOf(header.events, k)] : []))
      .filter((/** @type {any} */ other) => other.document !== event.document);
    return h("li", { class: event.changes_map ? "" : "waiting", "data-day": event.earliest },
      h("button", { type: "button", class: "day", onclick: () => onDay(event.latest) }, words.eventDate(event)),
      h("p", {}, name(words.event(event))),
      evidence(event),
      h("p", { class: "why" },
        [words.precision(event.date_precision), words.basis(event.basis), words.assertion(event.assertion),
          `confidence ${event.confidence.toFixed(2)}`].join(" · ")),
      rule && h("p", { class: "why" }, h("b", {}, `${rule.name}. `), rule.reason),
      ...others.map((/** @type {any} */ other) =>
        h("div", { class: "also" }, h("p", { class: "why" }, "Also reported by"), evidence(other))));
  }

  function baseline(/** @type {number} */ place) {
    const row = rowOf(header.baseline, place);
    if (row.state < 0) return h("li", {}, h("p", {}, "Nothing is known of it before."));
    return h("li", {},
      h("button", { type: "button", class: "day", onclick: () => onDay(0) }, words.long(0)),
      h("p", {}, name(words.state(header.states[row.state])), " when this map begins"),
      evidence(row),
      h("p", { class: "why" }, words.basis(header.states[row.state].basis)));
  }

  function evidence(/** @type {{document: number, quote: string, note: string}} */ { document, quote, note }) {
    const source = document < 0 ? null : rowOf(header.documents, document);
    return h("div", { class: "evidence" },
      quote && h("blockquote", {}, name(quote)),
      note && h("p", { class: "note" }, name(note)),
      source && h("p", { class: "source" }, webLink(source.url, source.title), ` · ${source.publisher}, `, source.published,
        evidencePage && " · ", evidencePage && evidenceLink(source)));
  }

  function evidenceLink(/** @type {{id: string}} */ source) {
    const query = new URLSearchParams({ dataset: header.dataset.id, document: source.id });
    return h("a", { href: `${evidencePage}?${query}`, target: "_blank", rel: "noopener" }, "in the text");
  }

  function mentions(/** @type {number} */ place) {
    const rows = header.mentions.place.flatMap((/** @type {number} */ other, /** @type {number} */ k) =>
      other === place ? [rowOf(header.mentions, k)] : []);
    if (!rows.length) return null;
    return h("section", {}, h("h2", {}, "Named in"),
      h("ul", {}, ...rows.map((/** @type {any} */ row) => {
        const source = rowOf(header.documents, row.document);
        return h("li", {}, webLink(source.url, source.title), ` · ${source.publisher}, ${row.count}×`,
          evidencePage && " · ", evidencePage && evidenceLink(source));
      })));
  }

  return { element, open, show, focus };
}

/**
 * First day of the unbroken run of the same state that a place is in.
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./decode.js").State[]} states
 * @param {number} place
 */
export function sinceDay(timeline, states, place) {
  const { intervalDay, intervalState, intervalStart } = timeline.intervals;
  const reading = (/** @type {number} */ k) => {
    const { actor, contender, status, undecided } = states[intervalState[k]];
    return [actor, contender, status, undecided].join();
  };
  let k = timeline.intervalOf(place);
  if (k < 0) return 0;
  while (k > intervalStart[place] && reading(k - 1) === reading(k)) k--;
  return intervalDay[k];
}
