/**
 * Which place lies under each pixel: a scanline rasteriser that writes place numbers, never colours.
 * A pixel belongs to the place that its centre lies in (even-odd rule, so holes and several parts work).
 * The canvas's own fill would blend neighbouring numbers at the edges and invent places.
 */

/**
 * @typedef {object} Raster
 * @property {number} width
 * @property {number} height
 * @property {Uint32Array} ids      place + 1 for each pixel, 0 for none
 * @property {Uint8Array} edges     1 where the pixel to the right or below is another place, 2 where it is none
 * @property {Int32Array} runStart  place i has the runs runStart[i] .. runStart[i+1]-1
 * @property {Int32Array} runPixel  first pixel of a run
 * @property {Int32Array} runLength pixels in a run
 */

/**
 * @param {import("./decode.js").MapData} data
 * @param {number} width pixels
 * @param {number} height pixels
 * @param {number} left mercator x of the left edge
 * @param {number} top mercator y of the top edge
 * @param {number} scale pixels for the whole world
 * @returns {Raster}
 */
export function rasterise(data, width, height, left, top, scale) {
  const ids = new Uint32Array(width * height);
  const runs = new RunList(data.areaCount);
  const bounds = boundsOf(data);
  const right = left + width / scale;
  const bottom = top + height / scale;
  for (let place = 0; place < data.areaCount; place++) {
    runs.begin(place);
    const [west, north, east, south] = bounds.subarray(4 * place, 4 * place + 4);
    if (west > right || east < left || north > bottom || south < top) continue;
    const firstRow = Math.max(0, Math.ceil((north - top) * scale - 0.5));
    const lastRow = Math.min(height - 1, Math.ceil((south - top) * scale - 0.5) - 1);
    for (let row = firstRow; row <= lastRow; row++) {
      const count = crossings(data, place, top + (row + 0.5) / scale);
      for (let k = 0; k + 1 < count; k += 2) {
        const from = Math.max(0, Math.ceil((crossed[k] - left) * scale - 0.5));
        const to = Math.min(width, Math.ceil((crossed[k + 1] - left) * scale - 0.5));
        if (from >= to) continue;
        ids.fill(place + 1, row * width + from, row * width + to);
        runs.add(row * width + from, to - from);
      }
    }
  }
  return { width, height, ids, edges: edgesOf(ids, width, height), ...runs.finish() };
}

let crossed = new Float64Array(64);

/**
 * Fill `crossed` with the sorted mercator x at which a place's rings cross a line of equal y.
 * @param {import("./decode.js").MapData} data
 * @param {number} place
 * @param {number} level
 * @returns {number} how many
 */
function crossings(data, place, level) {
  const { x, y, ringStart, areaRings } = data;
  let count = 0;
  for (let ring = areaRings[place]; ring < areaRings[place + 1]; ring++) {
    const end = ringStart[ring + 1];
    let previous = end - 1;
    for (let k = ringStart[ring]; k < end; previous = k++) {
      if (y[previous] <= level === y[k] <= level) continue;
      if (count === crossed.length) crossed = grown(crossed);
      const at = x[previous] + ((level - y[previous]) * (x[k] - x[previous])) / (y[k] - y[previous]);
      let slot = count++;
      for (; slot > 0 && crossed[slot - 1] > at; slot--) crossed[slot] = crossed[slot - 1];
      crossed[slot] = at;
    }
  }
  return count;
}

/** @type {WeakMap<object, Float64Array>} */
const knownBounds = new WeakMap();

/** West, north, east, south of each place. @param {import("./decode.js").MapData} data */
function boundsOf(data) {
  const known = knownBounds.get(data);
  if (known) return known;
  const bounds = new Float64Array(4 * data.areaCount);
  for (let place = 0; place < data.areaCount; place++) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = data.ringStart[data.areaRings[place + 1]];
    for (let k = data.ringStart[data.areaRings[place]]; k < end; k++) {
      west = Math.min(west, data.x[k]);
      east = Math.max(east, data.x[k]);
      north = Math.min(north, data.y[k]);
      south = Math.max(south, data.y[k]);
    }
    bounds.set([west, north, east, south], 4 * place);
  }
  knownBounds.set(data, bounds);
  return bounds;
}

/**
 * @param {Uint32Array} ids
 * @param {number} width
 * @param {number} height
 */
function edgesOf(ids, width, height) {
  const edges = new Uint8Array(ids.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const id = ids[pixel];
      const right = column + 1 < width ? ids[pixel + 1] : id;
      const below = row + 1 < height ? ids[pixel + width] : id;
      if (id === right && id === below) continue;
      if (id === 0) {
        if (right !== 0) edges[pixel + 1] = 2;
        if (below !== 0) edges[pixel + width] = 2;
      } else {
        edges[pixel] = right === 0 || below === 0 ? 2 : 1;
      }
    }
  }
  return edges;
}

/** Pixel runs, place after place, in typed arrays that grow. */
class RunList {
  /** @param {number} placeCount */
  constructor(placeCount) {
    this.runStart = new Int32Array(placeCount + 1);
    this.runPixel = new Int32Array(4096);
    this.runLength = new Int32Array(4096);
    this.count = 0;
  }

  /** @param {number} place */
  begin(place) {
    this.runStart[place] = this.count;
  }

  /**
   * @param {number} pixel
   * @param {number} length
   */
  add(pixel, length) {
    if (this.count === this.runPixel.length) {
      this.runPixel = grown(this.runPixel);
      this.runLength = grown(this.runLength);
    }
    this.runPixel[this.count] = pixel;
    this.runLength[this.count++] = length;
  }

  finish() {
    this.runStart[this.runStart.length - 1] = this.count;
    return { runStart: this.runStart, runPixel: this.runPixel, runLength: this.runLength };
  }
}

/**
 * @template {Int32Array | Float64Array} T
 * @param {T} array
 * @returns {T} twice as long, with the same beginning
 */
function grown(array) {
  const larger = /** @type {T} */ (new /** @type {any} */ (array.constructor)(array.length * 2));
  larger.set(/** @type {any} */ (array));
  return larger;
}
