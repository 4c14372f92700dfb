/**
 * Small pictures on a canvas, many of them and others in every frame. They are written pixel by pixel: circles, and
 * copies of pictures, cost the browser more in each frame than all the areas do.
 */
import { contextOf, Screen } from "./screen.js";

/** @typedef {{side: number, pixels: Uint32Array}} Stamp a square picture, as canvas memory has it */

/** @typedef {{stamp: Stamp, left: number, top: number}} Print where a stamp lies on the canvas, in its pixels */

export class Stamps {
  /** @param {HTMLCanvasElement} canvas that is empty */
  constructor(canvas) {
    this.screen = new Screen(canvas);
  }

  /** @type {Print[]} */
  #prints = [];

  /** Put prints, the last one topmost, in the place of those that are there. @param {Print[]} prints */
  show(prints) {
    const before = this.#prints;
    this.#prints = prints;
    for (const print of before) this.#clear(print);
    for (const print of prints) this.#press(print);
    this.screen.show([...before, ...prints].map(({ stamp: { side }, left, top }) => ({ left, top, width: side, height: side })));
  }

  /** @param {Print} print */
  #clear({ stamp: { side }, left, top }) {
    const { pixels, width, height } = this.screen;
    const [west, east] = [Math.max(0, left), Math.min(width, left + side)];
    for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      for (let at = y * width + west; at < y * width + east; at++) pixels[at] = 0;
    }
  }

  /** @param {Print} print */
  #press({ stamp: { side, pixels: picture }, left, top }) {
    const { pixels, width, height } = this.screen;
    const [west, east] = [Math.max(0, -left), Math.min(side, width - left)];
    for (let row = Math.max(0, -top); row < Math.min(side, height - top); row++) {
      const start = (top + row) * width + left;
      for (let column = west; column < east; column++) {
        const upper = picture[row * side + column];
        if (upper !== 0) pixels[start + column] = over(upper, pixels[start + column]);
      }
    }
  }
}

/**
 * What is seen of two colours, one over the other.
 * @param {number} upper
 * @param {number} lower
 */
function over(upper, lower) {
  const alpha = upper >>> 24;
  if (alpha === 255 || lower === 0) return upper;
  const left = ((lower >>> 24) * (255 - alpha)) / 255;
  const whole = alpha + left;
  const red = ((upper & 255) * alpha + (lower & 255) * left) / whole;
  const green = (((upper >> 8) & 255) * alpha + ((lower >> 8) & 255) * left) / whole;
  const blue = (((upper >> 16) & 255) * alpha + ((lower >> 16) & 255) * left) / whole;
  return ((Math.round(whole) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/**
 * @param {number} side canvas pixels
 * @param {(context: CanvasRenderingContext2D) => void} draw around 0, 0, which is the middle
 * @returns {Stamp}
 */
export function stamp(side, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = contextOf(canvas);
  context.translate(side / 2, side / 2);
  draw(context);
  return { side, pixels: new Uint32Array(context.getImageData(0, 0, side, side).data.buffer) };
}
