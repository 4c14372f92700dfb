/**
 * The areas of one view on a canvas of its own: place numbers are rasterised once, in slices, and from then on only
 * what changes is drawn.
 */
import { Pixels } from "./pixels.js";
import { rasterising } from "./raster.js";
import { Screen } from "./screen.js";
import { SmoothPixels } from "./smooth.js";

/** Where more places change, everything is drawn anew. */
const MANY = 4000;

/**
 * @typedef {object} Look
 * @property {import("./raster.js").View} view
 * @property {number} shrink  pixels of the view for one of the canvas, either way: more than one makes edges smooth
 * @property {import("./pixels.js").Manner} manner
 */

export class Easel {
  /**
   * @param {import("./raster.js").Shapes} shapes
   * @param {Look} look
   */
  constructor(shapes, look) {
    this.look = look;
    this.canvas = document.createElement("canvas");
    this.canvas.width = look.view.width / look.shrink;
    this.canvas.height = look.view.height / look.shrink;
    this.canvas.setAttribute("aria-hidden", "true");
    this.#work = this.#rasterise(shapes);
  }

  /** @type {import("./raster.js").Raster | null} which place lies under each pixel of the view, once that is known */
  raster = null;
  #work;
  /** @type {Pixels | SmoothPixels | null} */
  #pixels = null;
  /** @type {Screen | null} */
  #screen = null;
  /** @type {Set<number> | "all"} places to draw */
  #changed = "all";

  /**
   * Go on with what has to be done before anything can be drawn.
   * @param {number} until when to stop, by performance.now
   * @returns {boolean} whether it is done
   */
  advance(until) {
    while (!this.#pixels && performance.now() < until) this.#work.next();
    return this.#pixels !== null;
  }

  /** @param {import("./raster.js").Shapes} shapes */
  *#rasterise(shapes) {
    const { view, shrink, manner } = this.look;
    const raster = yield* rasterising(shapes, view);
    yield;
    this.#screen = new Screen(this.canvas);
    const { pixels } = this.#screen;
    this.#pixels = shrink > 1 ? new SmoothPixels(raster, pixels, manner) : new Pixels(raster, pixels, manner);
    this.raster = raster;
  }

  /** These places, or all, look different from now on. @param {Iterable<number> | "all"} places */
  mark(places) {
    if (places === "all") this.#changed = "all";
    else if (this.#changed !== "all") for (const place of places) this.#changed.add(place);
  }

  /**
   * Draw what was marked.
   * @param {Uint16Array} codes ink number of each place
   * @param {import("./ink.js").Ink[]} inks
   * @param {boolean} front whether the line between different holders is drawn
   */
  draw(codes, inks, front) {
    const [pixels, screen] = [this.#pixels, this.#screen];
    if (!pixels || !screen) return;
    const changed = this.#changed;
    this.#changed = new Set();
    pixels.use(codes, inks);
    const seen = changed === "all" ? [] : [...changed].filter((place) => pixels.has(place));
    if (changed === "all" || seen.length > MANY) {
      pixels.writeAll(front);
      screen.showAll();
    } else {
      pixels.write(seen, front);
      screen.show(seen.map((place) => pixels.boxOf(place)));
    }
  }
}
