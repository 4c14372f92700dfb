/** How many changes each day has, as bars under the slider. */
import { passing } from "./changes.js";

const COLOUR = "#6f8ca3";

/**
 * Changes that pass a filter, counted by day.
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./changes.js").Passes | null} passes null where all do
 * @returns {Uint32Array}
 */
export function countByDay(timeline, passes) {
  const { dayCount, changes: { dayStart, before, after } } = timeline;
  const counts = new Uint32Array(dayCount);
  counts[0] = passing(timeline.changesOn(0), passes).place.length;
  for (let day = 1; day < dayCount; day++) {
    const [from, to] = [dayStart[day], dayStart[day + 1]];
    if (!passes) counts[day] = to - from;
    else for (let k = from; k < to; k++) if (passes(before[k], after[k])) counts[day]++;
  }
  return counts;
}

/**
 * The same in at most so many bars, each of equally many days.
 * @param {Uint32Array} counts
 * @param {number} atMost
 * @returns {{daysPerBar: number, bars: Uint32Array}}
 */
export function binned(counts, atMost) {
  const daysPerBar = Math.max(1, Math.ceil(counts.length / Math.max(1, atMost)));
  const bars = new Uint32Array(Math.ceil(counts.length / daysPerBar));
  counts.forEach((count, day) => (bars[Math.floor(day / daysPerBar)] += count));
  return { daysPerBar, bars };
}

/**
 * @param {HTMLCanvasElement} canvas as wide as the way of the slider's thumb
 * @param {Uint32Array} counts
 */
export function drawHistogram(canvas, counts) {
  const ratio = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  if (!width) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(ratio, ratio);
  context.fillStyle = COLOUR;
  const { daysPerBar, bars } = binned(counts, width);
  const most = bars.reduce((a, b) => Math.max(a, b), 1);
  const dayWidth = width / Math.max(1, counts.length - 1);
  const barWidth = Math.max(1, Math.min(10, dayWidth * daysPerBar * 0.6));
  bars.forEach((count, k) => {
    if (!count) return;
    const tall = 3 + (height - 3) * Math.sqrt(count / most);
    const middle = dayWidth * (k * daysPerBar + (daysPerBar - 1) / 2);
    context.fillRect(middle - barWidth / 2, height - tall, barWidth, tall);
  });
}
