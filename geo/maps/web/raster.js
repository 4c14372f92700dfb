/**
 * Which place lies under each pixel: a scanline rasteriser that writes place numbers, never colours.
 * A pixel belongs to the place that its centre lies in (even-odd rule, so holes and several parts work).
 * The canvas's own fill would blend neighbouring numbers at the edges and invent places.
 */

import { Crossings } from "./crossings.js";

/** The pixel to the right or below is another place. */
export const EDGE = 1;
/** A pixel to the right, below, left or above is no place. */
export const OUTLINE = 2;

/**
 * What is to be rasterised: the geometry of MapData.
 * @typedef {Pick<import("./decode.js").MapData, "areaCount" | "areaRings" | "ringStart" | "vertices" | "x" | "y" | "bounds">} Shapes
 *
 * @typedef {object} View
 * @property {number} width  pixels
 * @property {number} height pixels
 * @property {number} left   mercator x of the left edge
 * @property {number} top    mercator y of the top edge
 * @property {number} scale  pixels for the whole world
 *
 * @typedef {object} Raster
 * @property {number} width
 * @property {number} height
 * @property {Uint32Array} ids      place + 1 for each pixel, 0 for none
 * @property {Int32Array} runStart  place i has the runs runStart[i] .. runStart[i+1]-1, row after row
 * @property {Uint16Array} runs     of each run its row, its first column and the first column after it
 * @property {Uint8Array | null} covered 1 for each place that another one lies over, in part; null where none does
 * @property {Int32Array} drawn     places with at least one pixel
 * @property {number} filled        pixels that belong to a place
 */

/** Places that are rasterised in one go. */
const SLICE = 256;

/**
 * @param {Shapes} shapes
 * @param {View} view
 * @returns {Raster}
 */
export function rasterise(shapes, view) {
  const work = rasterising(shapes, view);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * The same in slices, so that a gesture need not wait for it.
 * @param {Shapes} shapes
 * @param {View} view
 * @returns {Generator<undefined, Raster>}
 */
export function* rasterising(shapes, view) {
  const { width, height } = view;
  const ids = new Uint32Array(width * height);
  const runs = new RunList(shapes.areaCount);
  const rows = new Crossings();
  for (let place = 0; place < shapes.areaCount; place++) {
    if (place % SLICE === SLICE - 1) yield;
    runs.begin(place);
    fill(shapes, place, view, rows, ids, runs);
  }
  return { width, height, ids, ...runs.finish() };
}

/**
 * Write one place's number to its pixels.
 * @param {Shapes} shapes
 * @param {number} place
 * @param {View} view
 * @param {Crossings} rows
 * @param {Uint32Array} ids
 * @param {RunList} runs
 */
function fill(shapes, place, { width, height, left, top, scale }, rows, ids, runs) {
  const { bounds } = shapes;
  const north = bounds[4 * place + 1];
  const south = bounds[4 * place + 3];
  if (bounds[4 * place] > left + width / scale || bounds[4 * place + 2] < left || north > top + height / scale || south < top) return;
  const firstRow = Math.max(0, Math.ceil((north - top) * scale - 0.5));
  const lastRow = Math.min(height - 1, Math.ceil((south - top) * scale - 0.5) - 1);
  if (firstRow > lastRow) return;
  rows.collect(shapes, place, firstRow, lastRow, left, top, scale);
  for (let row = firstRow; row <= lastRow; row++) {
    const start = row * width;
    const end = rows.end(row);
    for (let k = rows.begin(row); k + 1 < end; k += 2) {
      const from = Math.max(0, Math.ceil(rows.x[k]));
      const to = Math.min(width, Math.ceil(rows.x[k + 1]));
      if (from >= to) continue;
      for (let pixel = start + from; pixel < start + to; pixel++) {
        if (ids[pixel] !== 0) runs.cover(ids[pixel] - 1);
        ids[pixel] = place + 1;
      }
      runs.add(row, from, to);
    }
  }
}

/**
 * EDGE and OUTLINE of each pixel.
 * @param {Raster} raster
 */
export function edgesOf({ ids, width, height }) {
  const edges = new Uint8Array(ids.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const id = ids[pixel];
      if (column + 1 < width && ids[pixel + 1] !== id) mark(edges, pixel, id, pixel + 1, ids[pixel + 1]);
      if (row + 1 < height && ids[pixel + width] !== id) mark(edges, pixel, id, pixel + width, ids[pixel + width]);
    }
  }
  return edges;
}

/**
 * The same of one pixel that belongs to a place.
 * @param {Raster} raster
 * @param {number} pixel
 */
export function edgeAt({ ids, width }, pixel) {
  const [id, column] = [ids[pixel], pixel % width];
  const right = column + 1 < width ? ids[pixel + 1] : id;
  const left = column > 0 ? ids[pixel - 1] : id;
  const below = pixel + width < ids.length ? ids[pixel + width] : id;
  const above = pixel >= width ? ids[pixel - width] : id;
  const outline = right === 0 || left === 0 || below === 0 || above === 0 ? OUTLINE : 0;
  return outline | ((right !== 0 && right !== id) || (below !== 0 && below !== id) ? EDGE : 0);
}

/**
 * Mark two neighbouring pixels of different places, the first left of or above the second.
 * @param {Uint8Array} edges
 * @param {number} pixel
 * @param {number} id
 * @param {number} next
 * @param {number} nextId
 */
function mark(edges, pixel, id, next, nextId) {
  if (id === 0) edges[next] |= OUTLINE;
  else if (nextId === 0) edges[pixel] |= OUTLINE;
  else edges[pixel] |= EDGE;
}

/** Pixel runs, place after place, in typed arrays that grow. */
class RunList {
  /** @param {number} placeCount */
  constructor(placeCount) {
    this.runStart = new Int32Array(placeCount + 1);
    /** @type {Uint8Array | null} */
    this.covered = null;
    this.runs = new Uint16Array(3 * 4096);
    this.count = 0;
    this.filled = 0;
  }

  /** @param {number} place */
  begin(place) {
    this.runStart[place] = this.count;
  }

  /** @param {number} place over which another one lies */
  cover(place) {
    this.covered ??= new Uint8Array(this.runStart.length - 1);
    this.covered[place] = 1;
  }

  /**
   * @param {number} row
   * @param {number} from the first column
   * @param {number} to the first column after it
   */
  add(row, from, to) {
    const at = 3 * this.count++;
    if (at === this.runs.length) this.#grow();
    this.runs[at] = row;
    this.runs[at + 1] = from;
    this.runs[at + 2] = to;
    this.filled += to - from;
  }

  #grow() {
    const larger = new Uint16Array(2 * this.runs.length);
    larger.set(this.runs);
    this.runs = larger;
  }

  finish() {
    const { runStart, runs, covered, count, filled } = this;
    runStart[runStart.length - 1] = count;
    const drawn = new Int32Array(runStart.length - 1);
    let places = 0;
    for (let place = 0; place < drawn.length; place++) if (runStart[place + 1] > runStart[place]) drawn[places++] = place;
    return { runStart, runs: runs.slice(0, 3 * count), covered, drawn: drawn.slice(0, places), filled };
  }
}
