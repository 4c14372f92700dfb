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
 *   another view, on a canvas of its own; where the canvas is smaller, by a whole number, its pixels are averages
 *
 * @typedef {{number: number, raster?: {ids: Uint32Array, width: number, height: number}}} Reply
 *   the frame with the order of this number is done; with the place numbers of a new view
 */
import { average, Pixels } from "./pixels.js";
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
  /** Pixels of the view for one of the canvas, either way. */
  #shrink = 1;

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
    const { width, height } = canvas;
    if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
    this.#shrink = view.width / width;
    const pixels = this.#shrink > 1 ? new Uint32Array(view.width * view.height) : new Uint32Array(this.#image.data.buffer);
    this.#pixels = new Pixels(raster, pixels, { ratio, phase });
    this.#changed = "all";
    this.#put();
    const [number, ids] = [this.#number, raster.ids.slice()];
    requestAnimationFrame(() => this.reply({ number, raster: { ids, width: view.width, height: view.height } }, [ids.buffer]));
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
      this.#send({ left: 0, top: 0, width: image.width * this.#shrink, height: image.height * this.#shrink });
      return;
    }
    pixels.write(seen, this.#front);
    for (const place of seen) this.#send(pixels.boxOf(place));
  }

  /** Send a box of pixels to the canvas. @param {import("./pixels.js").Box} box */
  #send(box) {
    const [pixels, context, image, shrink] = [this.#pixels, this.#context, this.#image, this.#shrink];
    if (!pixels || !context || !image) return;
    const [left, top] = [Math.max(0, Math.floor(box.left / shrink)), Math.max(0, Math.floor(box.top / shrink))];
    const right = Math.min(image.width, Math.ceil((box.left + box.width) / shrink));
    const bottom = Math.min(image.height, Math.ceil((box.top + box.height) / shrink));
    const to = { left, top, width: right - left, height: bottom - top };
    if (shrink > 1) average(pixels.pixels, new Uint32Array(image.data.buffer), image.width, shrink, to);
    context.putImageData(image, 0, 0, to.left, to.top, to.width, to.height);
  }
}
