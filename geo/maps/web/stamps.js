/**
 * Small pictures on a canvas, many of them and others in every frame. They are written pixel by pixel: circles, and
 * copies of pictures, cost the browser more in each frame than all the areas do.
 */
import { contextOf, Screen } from "./screen.js";

/** @typedef {Uint32Array} Stamp a square picture, as canvas memory has it */

export class Stamps {
  /**
   * @param {HTMLCanvasElement} canvas that is empty
   * @param {Stamp[]} stamps all of one size
   */
  constructor(canvas, stamps) {
    this.screen = new Screen(canvas);
    this.stamps = stamps;
    this.side = Math.sqrt(stamps[0].length);
    this.#printed = stamps.map((stamp) => this.#printedOf(stamp));
  }

  /** Where the pixels of each stamp lie that are not transparent, from its corner on, and their colours. */
  #printed;

  /** Where each print lies: left and top, one after the other. */
  #corners = new Int16Array(256);
  #count = 0;

  /** Take off all that is printed. */
  clear() {
    const { screen: { pixels, width, height }, side } = this;
    for (let k = 0; k < this.#count; k++) {
      const [left, top] = [this.#corners[2 * k], this.#corners[2 * k + 1]];
      const [west, east] = [Math.max(0, left), Math.min(width, left + side)];
      const south = Math.min(height, top + side);
      for (let y = Math.max(0, top); y < south; y++) {
        for (let at = y * width + west; at < y * width + east; at++) pixels[at] = 0; // fill costs more for so few
      }
      this.screen.touch(left, top, left + side, top + side);
    }
    this.#count = 0;
  }

  /**
   * Print a stamp over what is there.
   * @param {number} number of the stamp
   * @param {number} left canvas pixels; some of the print must lie on the canvas
   * @param {number} top
   */
  print(number, left, top) {
    const { screen: { width, height }, side } = this;
    if (left >= 0 && top >= 0 && left + side <= width && top + side <= height) this.#printWhole(number, top * width + left);
    else this.#printPart(this.stamps[number], left, top);
    this.screen.touch(left, top, left + side, top + side);
    this.#keep(left, top);
  }

  /** @param {number} number @param {number} corner the pixel of the canvas that its upper left one is */
  #printWhole(number, corner) {
    const { pixels } = this.screen;
    const { offsets, colours } = this.#printed[number];
    for (let k = 0; k < offsets.length; k++) {
      const at = corner + offsets[k];
      pixels[at] = over(colours[k], pixels[at]);
    }
  }

  /**
   * The same at the rim of the canvas.
   * @param {Stamp} stamp
   * @param {number} left
   * @param {number} top
   */
  #printPart(stamp, left, top) {
    const { screen: { pixels, width, height }, side } = this;
    const [west, east] = [Math.max(0, -left), Math.min(side, width - left)];
    for (let row = Math.max(0, -top); row < Math.min(side, height - top); row++) {
      const start = (top + row) * width + left;
      for (let column = west; column < east; column++) {
        const upper = stamp[row * side + column];
        if (upper !== 0) pixels[start + column] = over(upper, pixels[start + column]);
      }
    }
  }

  /** @param {Stamp} stamp */
  #printedOf(stamp) {
    const wanted = [...stamp.keys()].filter((at) => stamp[at] !== 0);
    const offsets = wanted.map((at) => Math.floor(at / this.side) * this.screen.width + (at % this.side));
    return { offsets: Int32Array.from(offsets), colours: Uint32Array.from(wanted, (at) => stamp[at]) };
  }

  /** Show what was taken off and printed. */
  show() {
    this.screen.show();
  }

  /** @param {number} left @param {number} top */
  #keep(left, top) {
    if (2 * this.#count === this.#corners.length) {
      const larger = new Int16Array(2 * this.#corners.length);
      larger.set(this.#corners);
      this.#corners = larger;
    }
    this.#corners[2 * this.#count] = left;
    this.#corners[2 * this.#count + 1] = top;
    this.#count++;
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
  return new Uint32Array(context.getImageData(0, 0, side, side).data.buffer);
}
