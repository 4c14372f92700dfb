/** The bar at the foot of the map: the day or two days, steps, play, next and previous change, slider, histogram. */
import { dateField, putDate } from "./date_field.js";
import { stepped } from "./dates.js";
import { h } from "./dom.js";
import { choice, iconButton } from "./fields.js";
import { drawHistogram } from "./histogram.js";
import { player, SPEEDS } from "./player.js";

/** @typedef {import("./view.js").View} View */

const MODES = /** @type {[View["mode"], string][]} */ ([["day", "One day"], ["range", "Range"], ["compare", "Compare"]]);
const STEPS = /** @type {[string, string][]} */ ([["day", "a day"], ["week", "a week"], ["month", "a month"]]);

/**
 * @param {View} view
 * @param {number} last the last day
 * @param {import("./words.js").Words} words
 * @param {(changes: Partial<View>) => void} set
 * @param {(fields: Node[]) => {element: Node}} menuWith makes the menu, with the bar's own rare fields first
 * @param {{button: Node, element: Node}} known the second clock's button and row
 * @param {ReturnType<typeof import("./pace.js").inTurn>} follow
 */
export function timeBar(view, last, words, set, menuWith, known, follow) {
  /** @type {Uint32Array} */
  let counts = new Uint32Array(last + 1);
  const dateText = document.createTextNode("");
  const date = h("output", { class: "date", for: "day" }, h("span", {}, dateText));
  const count = h("span", { class: "count" });
  const slider = h("input", { id: "day", class: "to", type: "range", min: 0, max: last, step: 1, "aria-label": "Date" });
  const fromSlider = h("input", { id: "from", class: "from", type: "range", min: 0, max: last, step: 1, "aria-label": "From" });
  const field = dateField("until", "Date", (iso) => moveTo(iso, go));
  const fromField = dateField("since", "From", (iso) => moveTo(iso, goFrom));
  const histogram = h("canvas", { class: "histogram", "aria-hidden": "true" });
  const playing = player(advance, (on) => {
    play.className = on ? "play playing" : "play";
    play.title = play.ariaLabel = on ? "Pause" : "Play";
  });
  const play = iconButton("Play", "play", () => {
    if (view.day === last) set({ day: view.mode === "day" ? 0 : view.from });
    playing.toggle();
  });
  const previous = iconButton("Previous change", "previous", () =>
    go(counts.findLastIndex((number, day) => number > 0 && day < view.day)));
  const next = iconButton("Next change", "next", () => {
    const day = counts.findIndex((number, other) => number > 0 && other > view.day);
    go(day < 0 ? last : day);
  });
  const back = iconButton("", "back", () => step(-1));
  const forward = iconButton("", "forward", () => step(1));
  const mode = choice("Show", "mode", MODES, view.mode, (value) => set({ mode: /** @type {View["mode"]} */ (value) }));
  const speed = choice("Play", "speed", SPEEDS.map((n) => [String(n), `${n} ${n === 1 ? "day" : "days"} a second`]), "2",
    (value) => playing.setSpeed(Number(value)));
  const stepSize = choice("Step", "step", STEPS, view.step, (value) => set({ step: /** @type {View["step"]} */ (value) }));
  const passed = h("div", { class: "passed" });
  const way = h("div", { class: "slide" }, histogram, h("div", { class: "way" }, passed), slider, fromSlider);
  const element = h(
    "section",
    { class: "card time-bar", "aria-label": "Time" },
    known.element,
    h("div", { class: "when" },
      h("div", { class: "buttons" }, previous, back, play, forward, next), date, known.button,
      h("div", { class: "choices" }, h("div", { class: "fields" }, fromField, field), mode, menuWith([stepSize, speed]).element)),
    way,
    h("div", { class: "ends" }, ...endsOf(last, words, count)),
  );
  slider.addEventListener("input", () => go(Number(slider.value)));
  fromSlider.addEventListener("input", () => goFrom(Number(fromSlider.value)));
  for (const one of [slider, fromSlider]) one.addEventListener("keydown", stepUpAndDown);
  new ResizeObserver(() => drawHistogram(histogram, counts)).observe(histogram);

  /** To a date, or the nearest that the map has. @param {string} iso @param {(day: number) => void} move */
  function moveTo(iso, move) {
    const day = words.day(iso);
    if (day === null) return null;
    move(day);
    return words.iso(within(day));
  }

  function advance() {
    if (view.day >= last) return false;
    set({ day: view.day + 1 });
    return view.day < last;
  }
  function go(/** @type {number} */ day) {
    playing.stop();
    const target = within(day);
    set({ day: target, from: Math.min(view.from, target) });
  }
  function goFrom(/** @type {number} */ day) {
    playing.stop();
    const target = within(day);
    set({ from: target, day: Math.max(view.day, target) });
  }
  function within(/** @type {number} */ day) {
    return Math.max(0, Math.min(last, day));
  }
  /** One step, of the earlier date where the focus is on its slider. */
  function step(/** @type {1 | -1} */ direction, /** @type {EventTarget | null} */ focus = null) {
    const [day, move] = focus === fromSlider ? [view.from, goFrom] : [view.day, go];
    move(words.day(stepped(words.iso(day), view.step, direction)) ?? day);
  }

  function stepUpAndDown(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    step(event.key === "ArrowUp" ? 1 : -1, event.target);
  }

  /**
   * Show the view.
   * @param {() => string} counted how many changes there are, in words
   */
  function show(counted) {
    const two = view.mode !== "day";
    if (Number(slider.value) !== view.day) slider.value = view.day; // it is the slider that moved, as a rule
    dateText.data = two ? `${words.medium(view.from)} to ${words.medium(view.day)}` : words.long(view.day);
    const [from, to] = [two ? view.from : 0, view.day].map((day) => day / Math.max(1, last));
    passed.style.transform = `translateX(${100 * from}%) scaleX(${to - from})`;
    if (two) showFrom();
    showMode(two);
    countText = counted;
    showTexts();
  }
  function showFrom() {
    fromSlider.value = view.from;
    fromSlider.ariaValueText = words.long(view.from);
  }
  /** What a moving date leaves as it is. */
  function showMode(/** @type {boolean} */ two) {
    const now = `${view.mode},${view.step}`;
    if (shown === now) return;
    shown = now;
    slider.ariaLabel = two ? "To" : "Date";
    element.classList.toggle("two", two);
    fromSlider.disabled = fromSlider.hidden = fromField.hidden = !two;
    /** @type {HTMLSelectElement} */ (mode.querySelector("select")).value = view.mode;
    const stepText = STEPS.find(([key]) => key === view.step)?.[1];
    back.title = back.ariaLabel = `Back ${stepText}`;
    forward.title = forward.ariaLabel = `Forward ${stepText}`;
  }
  let shown = "";
  let countText = () => "";
  /** What nobody reads while the date moves from frame to frame. */
  const showTexts = follow(() => {
    slider.setAttribute("aria-valuetext", words.long(view.day));
    putDate(field, words.iso(view.day));
    if (view.mode !== "day") putDate(fromField, words.iso(view.from));
    count.textContent = countText();
  });

  /** Show how many changes each day has. @param {Uint32Array} byDay */
  function showCounts(byDay) {
    counts = byDay;
    drawHistogram(histogram, counts);
  }

  const keys = {
    ArrowLeft: (/** @type {EventTarget} */ focus) => step(-1, focus),
    ArrowRight: (/** @type {EventTarget} */ focus) => step(1, focus),
    PageUp: () => previous.click(),
    PageDown: () => next.click(),
    Home: (/** @type {EventTarget} */ focus) => (focus === fromSlider ? goFrom(0) : go(0)),
    End: (/** @type {EventTarget} */ focus) => (focus === fromSlider ? goFrom(last) : go(last)),
    " ": () => play.click(),
  };
  return { element, show, showCounts, keys };
}

/**
 * What stands under the slider; a narrow screen leaves the years out where both dates have the same.
 * @param {number} last
 * @param {import("./words.js").Words} words
 * @param {Node} count
 */
function endsOf(last, words, count) {
  const [first, final] = [0, last].map((day) => words.medium(day).split(" "));
  const kind = first[2] === final[2] ? "year" : "";
  const end = (/** @type {string[]} */ [date, month, year]) =>
    h("span", { "aria-hidden": "true" }, `${date} ${month}`, h("span", { class: kind }, ` ${year}`));
  return [end(first), count, end(final)];
}
