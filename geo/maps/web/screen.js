/**
 * A canvas whose pixels are written one by one. Only what was touched is sent to the browser, in squares.
 */
import { Patches } from "./patches.js";

/** Squares are 16 pixels wide. */
const BITS = 4;
const SQUARE_PX = 1 << BITS;

export class Screen {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = contextOf(canvas);
    this.#image = this.#context.createImageData(canvas.width, canvas.height);
    /** Red, green, blue and alpha of each pixel, as canvas memory has them. */
    this.pixels = new Uint32Array(this.#image.data.buffer);
    this.width = canvas.width;
    this.height = canvas.height;
    this.#patches = new Patches(Math.ceil(this.width / SQUARE_PX), Math.ceil(this.height / SQUARE_PX));
  }

  #context;
  #image;
  #patches;

  /**
   * Pixels of a box were written; it may reach beyond the canvas.
   * @param {number} left whole numbers
   * @param {number} top
   * @param {number} right the first column that was not
   * @param {number} bottom the first row that was not
   */
  touch(left, top, right, bottom) {
    this.#patches.touch(left >> BITS, top >> BITS, (right + SQUARE_PX - 1) >> BITS, (bottom + SQUARE_PX - 1) >> BITS);
  }

  /**
   * The pixels of places were written.
   * @param {import("./raster.js").Raster} raster
   * @param {Int32Array} places
   * @param {number} finer how many pixels of the raster are one of the canvas, either way: a power of two
   * @param {number} around so many pixels around them were written, too
   */
  touchPlaces(raster, places, finer, around) {
    this.#patches.touchPlaces(raster, places, BITS + Math.log2(finer), around);
  }

  /** Show every pixel. */
  showAll() {
    this.#patches.clear();
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** Show what was touched. */
  show() {
    const { west, north, east, south } = this.#patches;
    const count = this.#patches.find();
    for (let k = 0; k < count; k++) {
      const [left, top] = [west[k] << BITS, north[k] << BITS];
      this.#context.putImageData(this.#image, 0, 0, left, top, (east[k] << BITS) - left, (south[k] << BITS) - top);
    }
  }
}

/** A context whose pixels stay where the page can write and read them. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}
