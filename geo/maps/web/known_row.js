/** The second clock: a button, and a row in the bar that turns the map to what was known on an earlier day. */
import { dateField, putDate } from "./date_field.js";
import { h } from "./dom.js";
import { editionOn, openKnown } from "./known.js";

/** @typedef {import("./known.js").ClockName} ClockName */

const DAY_MS = 86_400_000;
/** Keys that move the row's own slider, not the date. */
const OWN_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./binary.js").Source | null} source where the editions are; null where they are not offered
 * @param {import("./view.js").View} view
 * @param {import("./words.js").Words} words
 * @param {(changes: Partial<import("./view.js").View>) => void} set
 */
export function knownRow(data, source, view, words, set) {
  /** @type {import("./known.js").Known | null} */
  let known = null;
  /** @type {Promise<void> | null} */
  let loading = null;
  const button = h("button", { type: "button", class: "known-button", "aria-pressed": "false", hidden: !source, onclick: toggle },
    h("span", { class: "clock-face", "aria-hidden": "true" }), h("span", { class: "text" }));
  const clock = h("select", { class: "clock", "aria-label": "Clock", onchange: () => choose(clock.value) });
  const slider = h("input", { type: "range", class: "known-slider", min: 0, step: 1, "aria-label": "As known on", oninput: () => go(Number(slider.value)) });
  const field = dateField("known-date", "As known on", (iso) => {
    set({ known: iso });
    return iso;
  });
  const count = h("span", { class: "known-count" });
  const close = h("button", { type: "button", class: "close", title: "Back to what is known now",
    "aria-label": "Back to what is known now", onclick: leave }, "×");
  const element = h("div", { class: "known-row", role: "group", "aria-label": "As known on an earlier day", hidden: true },
    clock, slider, field, count, close);
  slider.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => OWN_KEYS.includes(event.key) && event.stopPropagation());

  /** Fetch the editions, once. */
  function load() {
    loading ??= openKnown(data, /** @type {import("./binary.js").Source} */ (source)).then((opened) => {
      known = opened;
      clock.replaceChildren(...known.records.map(clockOption));
      clock.disabled = known.records.length < 2;
    });
    return loading;
  }

  function clockOption(/** @type {import("./known.js").ClockRecord} */ record) {
    const chosen = record.clock === view.clock;
    const why = words.whyNoEditions(record);
    const text = `${words.clock(record.clock)}${why ? ` (${why})` : ""}`;
    return h("option", { value: record.clock, disabled: Boolean(why), selected: chosen && !why }, text);
  }

  async function toggle() {
    if (!element.hidden) return leave();
    await load();
    const first = known?.clocks[0];
    if (!first) return explain();
    set({ clock: first.clock, known: first.days[first.days.length - 2] });
    slider.focus();
  }

  /** There is nothing to choose: say why. */
  function explain() {
    for (const part of [clock, slider, field]) part.hidden = true;
    count.textContent = `Nothing to choose: ${known?.records.map((record) => words.whyNoEditions(record)).join("; ")}.`;
    element.hidden = false;
    shown = "why not";
    close.focus();
  }

  function leave() {
    set({ known: "" });
    button.focus();
  }

  function choose(/** @type {ClockName} */ name) {
    const days = known?.clock(name)?.days ?? [];
    set({ clock: name, known: days[days.length - 2] });
  }

  /** To an edition; the first is that of the day before anything was known. @param {number} edition */
  function go(edition) {
    const days = known?.clock(view.clock)?.days ?? [];
    set({ known: edition ? days[edition - 1] : new Date(Date.parse(days[0]) - DAY_MS).toISOString().slice(0, 10) });
  }

  /** Turn the map's data to the view's edition; a clock that the map does not have is put out. Returns whether it has it. */
  function turn() {
    const chosen = view.known ? known?.clock(view.clock) ?? null : null;
    const has = !view.known || chosen !== null;
    if (!has) view.known = "";
    known?.turn(chosen, view.known);
    return has;
  }

  let shown = "none";
  function show() {
    const now = `${view.clock}:${view.known}`;
    if (now === shown) return; // the date moves far more often
    shown = now;
    const chosen = view.known ? known?.clock(view.clock) : null;
    element.hidden = !chosen;
    button.setAttribute("aria-pressed", String(!element.hidden));
    button.title = button.ariaLabel = chosen ? "As known then: back to what is known now" : "As known now: choose an earlier day";
    button.lastChild.textContent = chosen ? "as known then" : "as known now";
    if (!known || !chosen) return;
    const edition = editionOn(chosen.days, view.known);
    const { known: reports, all } = known.counted(chosen, edition);
    clock.value = view.clock;
    slider.max = chosen.days.length;
    slider.value = edition;
    slider.style.setProperty("--to", `${(100 * edition) / chosen.days.length}%`);
    count.textContent = `${words.count(reports)} of ${words.count(all)} reports`;
    slider.setAttribute("aria-valuetext", `${words.date(view.known)}, ${count.textContent}`);
    putDate(field, view.known);
  }
  return { button, element, load, turn, show };
}
