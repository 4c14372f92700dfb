/**
 * Small pictures on a canvas, many of them and others in every frame. They are written pixel by pixel: circles, and
 * copies of pictures, cost the browser more in each frame than all the areas do.
 */
import { contextOf, Screen } from "./screen.js";

const OPAQUE = 0xff000000;
const RED_BLUE = 0x00ff00ff;

/** @typedef {Uint32Array} Stamp a square picture, as canvas memory has it */

export class Stamps {
  /**
   * @param {HTMLCanvasElement} canvas that is empty
   * @param {Stamp[]} stamps all of one size
   */
  constructor(canvas, stamps) {
    this.screen = new Screen(canvas);
    this.side = Math.sqrt(stamps[0].length);
    this.#printed = stamps.map((stamp) => this.#printedOf(stamp));
  }

  #printed;

  /** Of each print the number of its stamp, its left and its top, one after the other. */
  #prints = new Int16Array(3 * 256);
  #count = 0;

  /** Take off all that is printed. */
  clear() {
    const { screen, side } = this;
    const { pixels, width } = screen;
    for (let at = 0; at < 3 * this.#count; at += 3) {
      const { offsets } = this.#printed[this.#prints[at]];
      const left = this.#prints[at + 1];
      const top = this.#prints[at + 2];
      const corner = top * width + left;
      for (let k = 0; k < offsets.length; k++) pixels[corner + offsets[k]] = 0;
      screen.touch(left, top, left + side, top + side);
    }
    this.#count = 0;
  }

  /**
   * Print a stamp over what is there, unless it reaches beyond the canvas.
   * @param {number} number of the stamp
   * @param {number} left canvas pixels
   * @param {number} top
   */
  print(number, left, top) {
    const { screen, side } = this;
    const { pixels, width, height } = screen;
    if (left < 0 || top < 0 || left + side > width || top + side > height) return;
    const { offsets, colours, opaque } = this.#printed[number];
    const corner = top * width + left;
    for (let k = 0; k < opaque; k++) pixels[corner + offsets[k]] = colours[k];
    for (let k = opaque; k < offsets.length; k++) {
      const at = corner + offsets[k];
      pixels[at] = over(colours[k], pixels[at]);
    }
    screen.touch(left, top, left + side, top + side);
    this.#keep(number, left, top);
  }

  /**
   * Where the pixels of a stamp lie that are not transparent, from its corner on, and their colours: the opaque ones
   * first.
   * @param {Stamp} stamp
   */
  #printedOf(stamp) {
    const seen = [...stamp.keys()].filter((at) => stamp[at] !== 0);
    const opaque = seen.filter((at) => stamp[at] >>> 24 === 255);
    const wanted = [...opaque, ...seen.filter((at) => stamp[at] >>> 24 < 255)];
    const offsets = wanted.map((at) => Math.floor(at / this.side) * this.screen.width + (at % this.side));
    return { offsets: Int32Array.from(offsets), colours: Uint32Array.from(wanted, (at) => stamp[at]), opaque: opaque.length };
  }

  /** Show what was taken off and printed. */
  show() {
    this.screen.show();
  }

  #keep(/** @type {number} */ number, /** @type {number} */ left, /** @type {number} */ top) {
    if (3 * this.#count === this.#prints.length) {
      const larger = new Int16Array(2 * this.#prints.length);
      larger.set(this.#prints);
      this.#prints = larger;
    }
    const at = 3 * this.#count++;
    this.#prints[at] = number;
    this.#prints[at + 1] = left;
    this.#prints[at + 2] = top;
  }
}

/**
 * What is seen of two colours, one over the other, as canvas memory has them.
 * @param {number} upper
 * @param {number} lower
 */
export function over(upper, lower) {
  const alpha = upper >>> 24;
  if (alpha === 255 || lower === 0) return upper;
  if (lower >>> 24 === 255) return overOpaque(upper, lower, alpha);
  const left = ((lower >>> 24) * (255 - alpha)) / 255;
  const whole = alpha + left;
  const red = ((upper & 255) * alpha + (lower & 255) * left) / whole;
  const green = (((upper >> 8) & 255) * alpha + ((lower >> 8) & 255) * left) / whole;
  const blue = (((upper >> 16) & 255) * alpha + ((lower >> 16) & 255) * left) / whole;
  return ((Math.round(whole) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/**
 * The same over an opaque colour, which most are. Red and blue are worked out in one number: a sum of theirs is at most
 * 255 times 255, and such a sum divided by 255 and rounded is (sum + 128 + (sum + 128 >> 8)) >> 8.
 * @param {number} upper
 * @param {number} lower
 * @param {number} alpha of the upper one
 */
function overOpaque(upper, lower, alpha) {
  const both = Math.imul(upper & RED_BLUE, alpha) + Math.imul(lower & RED_BLUE, 255 - alpha) + 0x800080;
  const green = ((upper >> 8) & 255) * alpha + ((lower >> 8) & 255) * (255 - alpha) + 0x80;
  const redBlue = ((both + ((both >>> 8) & RED_BLUE)) >>> 8) & RED_BLUE;
  return (OPAQUE | redBlue | (((green + (green >> 8)) >> 8) << 8)) >>> 0;
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
