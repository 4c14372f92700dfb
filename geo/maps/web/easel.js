/**
 * The areas of one view on a canvas of its own: place numbers are rasterised once, in slices, and from then on only
 * what changes is drawn.
 */
import { Pixels } from "./pixels.js";
import { rasterising } from "./raster.js";
import { Screen } from "./screen.js";
import { SmoothPixels } from "./smooth.js";

/** Where a larger share of the runs of pixels changes, everything is drawn anew. */
const MANY = 0.4;
/** The same where fronts are drawn: along each place that changes, its neighbours' rims have to be set right, too. */
const MANY_WITH_FRONT = 0.08;

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
    this.#marked = new Int32Array(shapes.areaCount);
    this.#work = this.#rasterise(shapes);
  }

  /** @type {import("./raster.js").Raster | null} which place lies under each pixel of the view, once that is known */
  raster = null;
  #work;
  /** @type {Pixels | SmoothPixels | null} */
  #pixels = null;
  /** @type {Screen | null} */
  #screen = null;
  /** Whether everything is to be drawn. */
  #all = true;
  /** The places to draw, some of them more than once, and how many they are. */
  #marked;
  #count = 0;

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

  /** These places, or all, look different from now on. @param {ArrayLike<number> | "all"} places */
  mark(places) {
    if (places === "all" || this.#count + places.length > this.#marked.length) this.#all = true;
    if (places === "all" || this.#all) return;
    this.#marked.set(places, this.#count);
    this.#count += places.length;
  }

  /**
   * Draw what was marked.
   * @param {Uint16Array} codes ink number of each place
   * @param {import("./ink.js").Ink[]} inks
   * @param {boolean} front whether the line between different holders is drawn
   */
  draw(codes, inks, front) {
    const [pixels, screen, raster] = [this.#pixels, this.#screen, this.raster];
    if (!pixels || !screen || !raster) return;
    pixels.use(codes, inks);
    const { places, runCount } = this.#takeMarked(raster);
    const most = (front ? MANY_WITH_FRONT : MANY) * (raster.runs.length / 3);
    if (this.#all || runCount > most) {
      pixels.writeAll(front);
      screen.showAll();
    } else {
      screen.touchPlaces(raster, places, this.look.shrink, front ? 1 : 0);
      pixels.write(places, front);
      screen.show();
    }
    this.#all = false;
  }

  /**
   * The marked places that are in the view, and how many runs they have; none is marked then.
   * @param {import("./raster.js").Raster} raster
   */
  #takeMarked({ runStart }) {
    let [seen, runCount] = [0, 0];
    for (let k = 0; k < this.#count; k++) {
      const place = this.#marked[k];
      const own = runStart[place + 1] - runStart[place];
      if (own > 0) this.#marked[seen++] = place;
      runCount += own;
    }
    this.#count = 0;
    return { places: this.#marked.subarray(0, seen), runCount };
  }
}
