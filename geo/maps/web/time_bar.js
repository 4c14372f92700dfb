/** The bar at the foot of the map: the day, play, next and previous change, and a slider with ticks. */
import { h } from "./dom.js";

const PLAY_MS_PER_DAY = 450;

/**
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./words.js").Words} words
 * @param {(day: number) => void} onDay
 */
export function timeBar(timeline, words, onDay) {
  const last = timeline.dayCount - 1;
  const changeDays = timeline.changeDays();
  const date = h("output", { class: "date", for: "day" });
  const count = h("span", { class: "count" });
  const slider = h("input", { id: "day", type: "range", min: 0, max: last, step: 1, "aria-label": "Date" });
  const ticks = h("canvas", { class: "ticks", "aria-hidden": "true" });
  const play = button("Play", "play", () => (timer ? pause() : start()));
  const previous = button("Previous change", "previous", () => go(changeDays.findLast((day) => day < timeline.day) ?? 0));
  const next = button("Next change", "next", () => go(changeDays.find((day) => day > timeline.day) ?? last));
  const element = h(
    "section",
    { class: "card time-bar", "aria-label": "Time" },
    h("div", { class: "when" }, h("div", { class: "buttons" }, previous, play, next), date, count),
    h("div", { class: "slide" }, ticks, slider),
    h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, words.long(0)), h("span", {}, words.long(last))),
  );
  slider.addEventListener("input", () => go(Number(slider.value)));
  new ResizeObserver(() => drawTicks(ticks, timeline)).observe(ticks);

  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  function pause() {
    clearInterval(timer);
    timer = undefined;
    play.className = "play";
    play.title = play.ariaLabel = "Play";
  }
  function start() {
    if (timeline.day === last) onDay(0);
    timer = setInterval(() => (timeline.day === last ? pause() : onDay(timeline.day + 1)), PLAY_MS_PER_DAY);
    play.className = "play playing";
    play.title = play.ariaLabel = "Pause";
  }
  function go(/** @type {number} */ day) {
    pause();
    onDay(Math.max(0, Math.min(last, day)));
  }
  function show() {
    slider.value = timeline.day;
    slider.setAttribute("aria-valuetext", words.long(timeline.day));
    date.value = words.long(timeline.day);
    count.textContent = words.changes(timeline.changesOn(timeline.day));
    slider.style.setProperty("--done", `${(100 * timeline.day) / Math.max(1, last)}%`);
  }

  const keys = {
    ArrowLeft: () => go(timeline.day - 1),
    ArrowRight: () => go(timeline.day + 1),
    PageUp: () => previous.click(),
    PageDown: () => next.click(),
    Home: () => go(0),
    End: () => go(last),
    " ": () => play.click(),
  };
  return { element, show, keys };
}

/**
 * @param {string} label
 * @param {string} kind
 * @param {() => void} onClick
 */
function button(label, kind, onClick) {
  return h("button", { type: "button", class: kind, title: label, "aria-label": label, onclick: onClick });
}

/**
 * One tick for each day on which something changes, higher where more places change.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./timeline.js").Timeline} timeline
 */
function drawTicks(canvas, timeline) {
  const ratio = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(ratio, ratio);
  context.fillStyle = "#2f5d7c";
  const days = timeline.changeDays();
  const most = Math.max(...days.map((day) => timeline.changesOn(day).length));
  for (const day of days) {
    const share = timeline.changesOn(day).length / most;
    const x = (width * day) / Math.max(1, timeline.dayCount - 1);
    const tall = 4 + (height - 4) * Math.sqrt(share);
    context.fillRect(x - 1, height - tall, 2, tall);
  }
}
