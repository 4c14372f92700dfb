/**
 * Draws the areas on a canvas: place numbers are rasterised once for a view, and changes are drawn once for a frame,
 * however many orders come in between.
 *
 * @typedef {object} Order  what is to be shown from now on; each part may be missing
 * @property {number} number
 * @property {Uint16Array} [codes]  ink number of each place
 * @property {import("./ink.js").Ink[]} [inks]
 * @property {boolean} [front]      whether the line between different holders is drawn
 * @property {{places: Int32Array, codes: Uint16Array}} [changed]  some places' ink numbers
 * @property {Look} [look]
 *
 * @typedef {{canvas: HTMLCanvasElement, view: import("./raster.js").View} & import("./pixels.js").Manner} Look
 *   another view, on a canvas of its own
 *
 * @typedef {{number: number, raster?: {ids: Uint32Array, width: number, height: number}}} Reply
 *   the frame with the order of this number is done; with the place numbers of a new view
 */
import { Pixels } from "./pixels.js";
import { rasterise } from "./raster.js";

/** Above this many places one large picture is sent to the canvas instead of many small ones. */
const MANY = 1500;

export class Easel {
  /**
   * @param {() => import("./raster.js").Shapes} shapes
   * @param {(reply: Reply, transfer?: Transferable[]) => void} reply
   */
  constructor(shapes, reply) {
    this.shapes = shapes;
    this.reply = reply;
  }

  /** @type {Uint16Array} */
  #codes = new Uint16Array(0);
  /** @type {import("./ink.js").Ink[]} */
  #inks = [];
  #front = false;
  #number = 0;
  /** @type {Pixels | null} */
  #pixels = null;
  /** @type {CanvasRenderingContext2D | null} */
  #context = null;
  /** @type {ImageData | null} */
  #image = null;
  /** @type {Look | null} the view that waits to be rasterised */
  #look = null;
  /** @type {Set<number> | "all"} places to draw in the next frame */
  #changed = new Set();
  #asked = false;

  /** @param {Order} order */
  take({ number, codes, inks, front, changed, look }) {
    this.#number = number;
    if (codes) this.#codes = codes;
    if (inks) this.#inks = inks;
    if (front !== undefined) this.#front = front;
    if (codes || inks || front !== undefined) this.#changed = "all";
    if (changed) this.#change(changed);
    if (look) {
      if (!this.#look) setTimeout(() => this.#rasterise());
      this.#look = look;
    } else if (!this.#asked) {
      this.#asked = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  /** @param {{places: Int32Array, codes: Uint16Array}} changed */
  #change({ places, codes }) {
    places.forEach((place, k) => {
      this.#codes[place] = codes[k];
      if (this.#changed !== "all") this.#changed.add(place);
    });
  }

  #rasterise() {
    const { canvas, view, ratio, phase } = /** @type {Look} */ (this.#look);
    this.#look = null;
    const raster = rasterise(this.shapes(), view);
    this.#context = canvas.getContext("2d");
    if (this.#image?.width !== view.width || this.#image.height !== view.height) this.#image = new ImageData(view.width, view.height);
    this.#pixels = new Pixels(raster, new Uint32Array(this.#image.data.buffer), { ratio, phase });
    this.#changed = "all";
    this.#put();
    const [number, ids] = [this.#number, raster.ids.slice()];
    const { width, height } = view;
    requestAnimationFrame(() => this.reply({ number, raster: { ids, width, height } }, [ids.buffer]));
  }

  #draw() {
    this.#asked = false;
    if (this.#look || !this.#pixels) return; // the answer to the look is the answer to this
    this.#put();
    const number = this.#number;
    requestAnimationFrame(() => this.reply({ number }));
  }

  /** Write and send to the canvas what has changed. */
  #put() {
    const [pixels, context, image] = [this.#pixels, this.#context, this.#image];
    if (!pixels || !context || !image) return;
    const changed = this.#changed;
    pixels.use(this.#codes, this.#inks);
    const seen = changed === "all" ? [] : [...changed].filter((place) => pixels.has(place));
    this.#changed = new Set();
    if (changed === "all" || seen.length > MANY) {
      pixels.writeAll(this.#front);
      context.putImageData(image, 0, 0);
      return;
    }
    pixels.write(seen, this.#front);
    for (const place of seen) {
      const { left, top, width, height } = pixels.boxOf(place);
      context.putImageData(image, 0, 0, left, top, width, height);
    }
  }
}
