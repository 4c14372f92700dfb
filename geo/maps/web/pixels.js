/** The pixels of a rasterised view: a change of date writes only the runs of the places that changed. */
import { makeTiles } from "./ink.js";
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
   */
  constructor(raster, pixels, { ratio, phase }, edges = hasEdges(raster, ratio) ? edgesOf(raster) : null) {
    this.raster = raster;
    this.pixels = pixels;
    this.ratio = ratio;
    this.phase = phase;
    this.edges = edges;
  }

  /** Ink number of each place. @type {Uint16Array} */
  codes = new Uint16Array(0);
  /** @type {import("./ink.js").Ink[]} */
  inks = [];
  /** @type {ReturnType<typeof makeTiles>} */
  tiles = { side: 0, tiles: [] };

  /**
   * What the next pixels are written with.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  use(codes, inks) {
    if (inks !== this.inks) this.tiles = this.makeTiles(inks, this.ratio);
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
   * @param {number[]} places
   * @param {boolean} front
   */
  write(places, front) {
    for (const place of places) this.#paint(place);
    if (front) for (const place of places) this.#paintFront(place);
  }

  /** Whether any of a place is in the view. @param {number} place */
  has(place) {
    const { runStart } = this.raster;
    return runStart[place + 1] > runStart[place];
  }

  /**
   * The box of a place that is in the view, one pixel wider all round.
   * @param {number} place
   * @returns {import("./screen.js").Box}
   */
  boxOf(place) {
    const { runStart, runPixel, runLength, width } = this.raster;
    const [first, end] = [runStart[place], runStart[place + 1]];
    const north = Math.floor(runPixel[first] / width);
    const south = Math.floor(runPixel[end - 1] / width);
    let [west, east] = [width, 0];
    for (let run = first; run < end; run++) {
      const column = runPixel[run] % width;
      if (column < west) west = column;
      if (column + runLength[run] > east) east = column + runLength[run];
    }
    return { left: west - 1, top: north - 1, width: east - west + 2, height: south - north + 3 };
  }

  /** Write every pixel, run by run of equal place numbers. */
  #fillAll() {
    const { ids, width, height } = this.raster;
    for (let row = 0, pixel = 0; row < height; row++) {
      for (const rowEnd = pixel + width; pixel < rowEnd; ) {
        const [start, id] = [pixel, ids[pixel]];
        while (pixel < rowEnd && ids[pixel] === id) pixel++;
        if (id === 0) this.pixels.fill(0, start, pixel);
        else this.#fill(this.tiles.tiles[this.codes[id - 1]], start, pixel);
      }
    }
  }

  /**
   * Write pixels of one row in an ink.
   * @param {{plain: number, kinds: Uint32Array[]}} ink
   * @param {number} start
   * @param {number} end
   */
  #fill({ plain, kinds }, start, end) {
    const [pixels, edges] = [this.pixels, this.edges];
    if (plain && !edges) {
      for (let pixel = start; pixel < end; pixel++) pixels[pixel] = plain;
      return;
    }
    const { side } = this.tiles;
    const { width } = this.raster;
    const column = start % width;
    const tileRow = side * (((((start - column) / width + this.phase.y) % side) + side) % side);
    let tileColumn = (((column + this.phase.x) % side) + side) % side;
    for (let pixel = start; pixel < end; pixel++) {
      pixels[pixel] = kinds[edges ? edges[pixel] : 0][tileRow + tileColumn];
      if (++tileColumn === side) tileColumn = 0;
    }
  }

  /** Write the front: both pixels wherever two neighbours belong to different holders. */
  #frontAll() {
    const { ids, width, height } = this.raster;
    const [pixels, holders] = [this.pixels, this.#holders()];
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const id = ids[pixel];
        if (id === 0) continue;
        const right = column + 1 < width ? ids[pixel + 1] : 0;
        const below = row + 1 < height ? ids[pixel + width] : 0;
        if (right && right !== id && isFront(holders[id - 1], holders[right - 1])) pixels[pixel] = pixels[pixel + 1] = FRONT;
        if (below && below !== id && isFront(holders[id - 1], holders[below - 1])) pixels[pixel] = pixels[pixel + width] = FRONT;
      }
    }
  }

  /** The holder of each place. */
  #holders() {
    const ofInk = Int16Array.from(this.inks, (/** @type {import("./ink.js").Ink} */ ink) => ink.holder);
    return Int16Array.from(this.codes, (code) => ofInk[code]);
  }

  /** Write one place's runs in its ink, but for pixels that another place lies over. @param {number} place */
  #paint(place) {
    const { ids, runStart, runPixel, runLength } = this.raster;
    const ink = this.tiles.tiles[this.codes[place]];
    const id = place + 1;
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      const end = runPixel[run] + runLength[run];
      for (let pixel = runPixel[run]; pixel < end; pixel++) {
        const start = pixel;
        while (pixel < end && ids[pixel] === id) pixel++;
        if (start < pixel) this.#fill(ink, start, pixel);
      }
    }
  }

  /**
   * Draw the front along one place's rim, and set its neighbours' rims right again.
   * @param {number} place
   */
  #paintFront(place) {
    const { ids, runStart, runPixel, runLength, width } = this.raster;
    const id = place + 1;
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      for (let pixel = runPixel[run]; pixel < runPixel[run] + runLength[run]; pixel++) {
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
    const { side, tiles } = this.tiles;
    const column = pixel % width;
    const tileRow = ((((pixel - column) / width + this.phase.y) % side) + side) % side;
    const tileColumn = (((column + this.phase.x) % side) + side) % side;
    return tiles[this.codes[ids[pixel] - 1]].kinds[edge][tileRow * side + tileColumn];
  }
}
