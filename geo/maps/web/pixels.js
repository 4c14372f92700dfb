/** The pixels of a rasterised view: a change of date writes only the runs of the places that changed. */
import { makeTiles } from "./ink.js";
import { neighboursOf } from "./neighbours.js";
import { Palette } from "./palette.js";
import { edgeAt, edgesOf } from "./raster.js";

/** Edges between areas are drawn where an area has at least this many CSS pixels on average. */
const EDGES_FROM_PX = 300;
const FRONT = 0xff2a1a12; // alpha, blue, green, red

/** A front has two known holders. @param {number} holder @param {number} other */
const isFront = (holder, other) => holder >= 0 && other >= 0 && holder !== other;

/**
 * How a view is drawn: canvas pixels for a CSS pixel, and where the patterns begin.
 * @typedef {{ratio: number, phase: {x: number, y: number}}} Manner
 */

/** Whether areas are large enough for edges. @param {import("./raster.js").Raster} raster @param {number} ratio */
export function hasEdges({ filled, drawn }, ratio) {
  return filled > EDGES_FROM_PX * ratio * ratio * drawn.length;
}

export class Pixels {
  /**
   * @param {import("./raster.js").Raster} raster
   * @param {Uint32Array} pixels what is written, as canvas memory has it
   * @param {Manner} manner
   * @param {Uint8Array | null} edges what edgesOf says of each pixel, where edges are drawn
   * @param {number} kinds how many kinds of each tile are used
   */
  constructor(raster, pixels, { ratio, phase }, edges = hasEdges(raster, ratio) ? edgesOf(raster) : null, kinds = edges ? 4 : 1) {
    this.raster = raster;
    this.pixels = pixels;
    this.ratio = ratio;
    this.phase = phase;
    this.edges = edges;
    this.#kinds = kinds;
  }

  #kinds;
  /** Pairs of places that lie beside each other, once a front is asked for. @type {ReturnType<typeof neighboursOf> | null} */
  #neighbours = null;
  /** Ink number of each place. @type {Uint16Array} */
  codes = new Uint16Array(0);
  /** @type {import("./ink.js").Ink[]} */
  inks = [];
  palette = new Palette({ side: 1, tiles: [] }, 0);
  /** Which pixel of a tile each row begins with, and how much farther each column is in it. */
  #tileRows = new Uint16Array(0);
  #tileColumns = new Uint16Array(0);

  /**
   * What the next pixels are written with.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  use(codes, inks) {
    if (inks !== this.inks) {
      this.palette = new Palette(this.makeTiles(inks, this.ratio), this.#kinds);
      const { palette: { side }, raster: { width, height }, phase: { x, y } } = this;
      const along = (/** @type {number} */ at) => ((at % side) + side) % side;
      this.#tileRows = Uint16Array.from({ length: height }, (_, row) => along(row + y) * side);
      this.#tileColumns = Uint16Array.from({ length: width }, (_, column) => along(column + x));
    }
    [this.codes, this.inks] = [codes, inks];
  }

  /** How inks become tiles. */
  makeTiles = makeTiles;

  /** Write every pixel. @param {boolean} front whether the line between different holders is drawn */
  writeAll(front) {
    this.#fillAll();
    if (front) this.#frontAll();
  }

  /**
   * Write the places whose code has changed.
   * @param {Int32Array} places
   * @param {boolean} front
   */
  write(places, front) {
    for (let k = 0; k < places.length; k++) this.#paint(places[k]);
    if (front) for (let k = 0; k < places.length; k++) this.#paintFront(places[k]);
  }

  /** Where a pixel lies in its tile. @param {number} row @param {number} column */
  inTile(row, column) {
    return this.#tileRows[row] + this.#tileColumns[column];
  }

  /** Write every pixel, one after the other: that costs the same however many places there are. */
  #fillAll() {
    const { ids, width, height } = this.raster;
    const { colours, side, square } = this.palette;
    const [pixels, edges, begins] = [this.pixels, this.edges, this.palette.begins(this.codes)];
    for (let row = 0, pixel = 0; row < height; row++) {
      let tile = this.inTile(row, 0);
      const lastTile = this.#tileRows[row] + side - 1;
      for (const end = pixel + width; pixel < end; pixel++) {
        const kind = edges === null ? 0 : edges[pixel] * square;
        pixels[pixel] = colours[begins[ids[pixel]] + kind + tile];
        if (tile++ === lastTile) tile -= side;
      }
    }
  }

  /** Write the front: both pixels wherever two neighbours belong to different holders. */
  #frontAll() {
    const { first, second } = (this.#neighbours ??= neighboursOf(this.raster));
    const holders = this.#holders();
    const isAtFront = new Uint8Array(holders.length);
    for (let k = 0; k < first.length; k++) {
      if (isFront(holders[first[k]], holders[second[k]])) isAtFront[first[k]] = isAtFront[second[k]] = 1;
    }
    for (let place = 0; place < holders.length; place++) if (isAtFront[place] === 1) this.#frontOf(place, holders);
  }

  /** Write the front on one place's side. @param {number} place @param {Int16Array} holders of all places */
  #frontOf(place, holders) {
    const { ids, width, runStart, runs } = this.raster;
    const { pixels } = this;
    const id = place + 1;
    const holder = holders[place];
    for (let at = 3 * runStart[place]; at < 3 * runStart[id]; at += 3) {
      const row = width * runs[at];
      const end = row + runs[at + 2];
      for (let pixel = row + runs[at + 1]; pixel < end; pixel++) {
        if (ids[pixel] !== id) continue;
        const right = pixel + 1 < row + width ? ids[pixel + 1] : id;
        const left = pixel > row ? ids[pixel - 1] : id;
        const below = pixel + width < ids.length ? ids[pixel + width] : id;
        const above = pixel >= width ? ids[pixel - width] : id;
        if (
          (right !== id && right !== 0 && isFront(holder, holders[right - 1])) ||
          (left !== id && left !== 0 && isFront(holder, holders[left - 1])) ||
          (below !== id && below !== 0 && isFront(holder, holders[below - 1])) ||
          (above !== id && above !== 0 && isFront(holder, holders[above - 1]))
        ) pixels[pixel] = FRONT;
      }
    }
  }

  /** The holder of each place. */
  #holders() {
    const holders = new Int16Array(this.codes.length);
    const ofInk = this.inks.map(({ holder }) => holder);
    for (let place = 0; place < holders.length; place++) holders[place] = ofInk[this.codes[place]];
    return holders;
  }

  /** Write one place's runs in its ink, but for pixels that another place lies over. @param {number} place */
  #paint(place) {
    const { ids, width, runStart, runs, covered } = this.raster;
    const { colours, side, square } = this.palette;
    const { pixels, edges } = this;
    const [tileRows, tileColumns] = [this.#tileRows, this.#tileColumns];
    const begin = this.palette.begin(this.codes[place]);
    const id = place + 1;
    const isSimple = edges === null && (covered === null || covered[place] === 0);
    const lastRun = 3 * runStart[id];
    for (let at = 3 * runStart[place]; at < lastRun; at += 3) {
      const row = runs[at];
      const from = runs[at + 1];
      const rowTile = begin + tileRows[row];
      const afterTile = rowTile + side;
      let tile = rowTile + tileColumns[from];
      let pixel = row * width + from;
      for (const end = row * width + runs[at + 2]; pixel < end; pixel++) {
        if (isSimple) pixels[pixel] = colours[tile];
        else if (ids[pixel] === id) pixels[pixel] = colours[tile + (edges === null ? 0 : edges[pixel] * square)];
        if (++tile === afterTile) tile = rowTile;
      }
    }
  }

  /**
   * Draw the front along one place's rim, and set its neighbours' rims right again.
   * @param {number} place
   */
  #paintFront(place) {
    const { ids, runStart, runs, width } = this.raster;
    const id = place + 1;
    for (let at = 3 * runStart[place]; at < 3 * runStart[id]; at += 3) {
      const row = width * runs[at];
      for (let pixel = row + runs[at + 1]; pixel < row + runs[at + 2]; pixel++) {
        if (ids[pixel] !== id) continue;
        if (this.#isFront(pixel)) this.pixels[pixel] = FRONT;
        for (const next of [pixel - width, pixel - 1, pixel + 1, pixel + width]) {
          if (ids[next] && ids[next] !== id) this.pixels[next] = this.#isFront(next) ? FRONT : this.#inkAt(next, this.edges ? this.edges[next] : 0);
        }
      }
    }
  }

  /** Whether a pixel touches ground of another holder. @param {number} pixel */
  #isFront(pixel) {
    const { width, height } = this.raster;
    const column = pixel % width;
    const differs = (/** @type {number} */ next) => isFront(holder, this.#holderAt(next));
    const holder = this.#holderAt(pixel);
    return (
      (column + 1 < width && this.#isPlace(pixel + 1) && differs(pixel + 1)) ||
      (column > 0 && this.#isPlace(pixel - 1) && differs(pixel - 1)) ||
      (pixel + width < width * height && this.#isPlace(pixel + width) && differs(pixel + width)) ||
      (pixel >= width && this.#isPlace(pixel - width) && differs(pixel - width))
    );
  }

  /** @param {number} pixel */
  #isPlace(pixel) {
    return this.raster.ids[pixel] > 0;
  }

  /** @param {number} pixel that belongs to a place */
  #holderAt(pixel) {
    return this.inks[this.codes[this.raster.ids[pixel] - 1]].holder;
  }

  /**
   * The colour of a pixel, whatever is written there.
   * @param {number} pixel
   * @param {boolean} edges whether edges between areas are drawn
   * @param {boolean} front
   */
  colourAt(pixel, edges, front) {
    if (!this.#isPlace(pixel)) return 0;
    if (front && this.#isFront(pixel)) return FRONT;
    return this.#inkAt(pixel, edges ? edgeAt(this.raster, pixel) : 0);
  }

  /** The colour of a place's pixel without the front. @param {number} pixel @param {number} edge */
  #inkAt(pixel, edge) {
    const { ids, width } = this.raster;
    const { colours, square } = this.palette;
    const row = Math.floor(pixel / width);
    return colours[this.palette.begin(this.codes[ids[pixel] - 1]) + edge * square + this.inTile(row, pixel - row * width)];
  }
}
