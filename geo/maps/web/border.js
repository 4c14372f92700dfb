/**
 * The canvas's pixels, where a view is rasterised finer: those that lie in one place, as do the finer pixels beside
 * them, and the others, which are the border.
 */
import { edgeAt } from "./raster.js";

/** Finer pixels for one of the canvas, either way. */
export const FINE = 2;
/** Finer pixels for one of the canvas. */
export const SQUARE = FINE * FINE;

/**
 * Pixels of the border, numbered row after row.
 * @typedef {object} Border
 * @property {Int32Array} slots   1 + number of each pixel of the canvas, 0 for those inside
 * @property {Int32Array} pixels  which pixel of the canvas
 * @property {Int32Array} first   the upper left one of its finer pixels
 * @property {Uint8Array} edges   what edgesOf says of its finer pixels, four for each
 * @property {Int32Array} alongStart  place i has the numbers along[alongStart[i]] .. along[alongStart[i+1]-1]
 * @property {Int32Array} along       numbers, place after place
 */

/**
 * @param {import("./raster.js").Raster} raster the finer one
 * @param {boolean} edges whether edges between areas are drawn
 * @returns {{inside: import("./raster.js").Raster, border: Border}} inside: places of the canvas's pixels
 */
export function parted(raster, edges) {
  const { places, slots, count } = sorted(raster);
  const [width, height] = [raster.width / FINE, raster.height / FINE];
  const [pixels, first] = [new Int32Array(count), new Int32Array(count)];
  for (let row = 0, pixel = 0, number = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (slots[pixel] === 0) continue;
      pixels[number] = pixel;
      first[number] = FINE * (row * raster.width + column);
      slots[pixel] = ++number;
    }
  }
  const border = { slots, pixels, first, edges: edgesAlong(raster, first, edges), ...byPlace(raster, first) };
  const covered = new Uint8Array(raster.runStart.length - 1).fill(1); // by the border
  return { inside: { ...raster, width, height, ids: places, covered, ...runsInside(raster) }, border };
}

/**
 * Place numbers of the pixels inside, and 1 in slots for each of the others.
 * @param {import("./raster.js").Raster} raster
 */
function sorted(raster) {
  const { ids } = raster;
  const [width, height] = [raster.width / FINE, raster.height / FINE];
  const [places, slots] = [new Uint32Array(width * height), new Int32Array(width * height)];
  let count = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    let at = row * FINE * raster.width;
    for (let column = 0; column < width; column++, pixel++, at += FINE) {
      const [id, under] = [ids[at], at + raster.width];
      let isInside = ids[at + 1] === id && ids[under] === id && ids[under + 1] === id;
      if (column + 1 < width && (ids[at + 2] !== ids[at + 1] || ids[under + 2] !== ids[under + 1])) {
        isInside = false;
        slots[pixel + 1] = 1;
      }
      const below = under + raster.width;
      if (row + 1 < height && (ids[below] !== ids[under] || ids[below + 1] !== ids[under + 1])) {
        isInside = false;
        slots[pixel + width] = 1;
      }
      if (!isInside) slots[pixel] = 1;
      else if (slots[pixel] === 0) places[pixel] = id;
      count += slots[pixel];
    }
  }
  return { places, slots, count };
}

/**
 * @param {import("./raster.js").Raster} raster
 * @param {Int32Array} first
 * @param {boolean} wanted
 */
function edgesAlong(raster, first, wanted) {
  const edges = new Uint8Array(SQUARE * first.length);
  if (!wanted) return edges;
  for (let number = 0; number < first.length; number++) {
    const [upper, lower] = [first[number], first[number] + raster.width];
    edges[SQUARE * number] = edgeAt(raster, upper);
    edges[SQUARE * number + 1] = edgeAt(raster, upper + 1);
    edges[SQUARE * number + 2] = edgeAt(raster, lower);
    edges[SQUARE * number + 3] = edgeAt(raster, lower + 1);
  }
  return edges;
}

/**
 * The border's pixels that show something of each place.
 * @param {import("./raster.js").Raster} raster
 * @param {Int32Array} first
 */
function byPlace({ ids, width, runStart }, first) {
  const alongStart = new Int32Array(runStart.length);
  const seen = new Uint32Array(SQUARE);
  /** List the different places of one pixel in `seen`. @param {number} upper */
  const look = (upper) => {
    let count = 0;
    for (let k = 0; k < SQUARE; k++) {
      const id = ids[upper + (k >> 1) * width + (k & 1)];
      if (id === 0 || (count > 0 && seen[0] === id) || (count > 1 && seen[1] === id) || (count > 2 && seen[2] === id)) continue;
      seen[count++] = id;
    }
    return count;
  };
  for (const upper of first) for (let k = look(upper) - 1; k >= 0; k--) alongStart[seen[k]]++;
  for (let place = 1; place < alongStart.length; place++) alongStart[place] += alongStart[place - 1];
  const along = new Int32Array(alongStart[alongStart.length - 1]);
  const next = alongStart.slice();
  for (let number = 0; number < first.length; number++) {
    for (let k = look(first[number]) - 1; k >= 0; k--) along[next[seen[k] - 1]++] = number;
  }
  return { alongStart, along };
}

/**
 * Runs of the canvas's pixels that lie in a place from edge to edge.
 * @param {import("./raster.js").Raster} raster
 */
function runsInside({ runStart, runs }) {
  const starts = new Int32Array(runStart.length);
  const inside = new Uint16Array(runs.length);
  let count = 0;
  for (let place = 0; place + 1 < runStart.length; place++) {
    for (let at = 3 * runStart[place]; at < 3 * runStart[place + 1]; at += 3) {
      const row = runs[at];
      const from = Math.ceil(runs[at + 1] / FINE);
      const to = Math.floor(runs[at + 2] / FINE);
      if (row % FINE !== 0 || from >= to) continue;
      inside.set([row / FINE, from, to], 3 * count++);
    }
    starts[place + 1] = count;
  }
  return { runStart: starts, runs: inside.slice(0, 3 * count) };
}
