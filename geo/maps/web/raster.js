/**
 * Which place lies under each pixel: a scanline rasteriser that writes place numbers, never colours.
 * A pixel belongs to the place that its centre lies in (even-odd rule, so holes and several parts work).
 * The canvas's own fill would blend neighbouring numbers at the edges and invent places.
 */

/** The pixel to the right or below is another place. */
export const EDGE = 1;
/** A pixel to the right, below, left or above is no place. */
export const OUTLINE = 2;

/**
 * What is to be rasterised: the geometry of MapData.
 * @typedef {Pick<import("./decode.js").MapData, "areaCount" | "areaRings" | "ringStart" | "x" | "y">} Shapes
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
 * @property {Int32Array} runPixel  first pixel of a run
 * @property {Int32Array} runLength pixels in a run
 * @property {Int32Array} drawn     places with at least one pixel
 * @property {number} filled        pixels that belong to a place
 */

/** Runs up to this long are filled by hand: a call of fill costs more. */
const SHORT_RUN = 24;

/**
 * @param {Shapes} shapes
 * @param {View} view
 * @returns {Raster}
 */
export function rasterise(shapes, { width, height, left, top, scale }) {
  const ids = new Uint32Array(width * height);
  const runs = new RunList(shapes.areaCount);
  const bounds = boundsOf(shapes);
  const [right, bottom] = [left + width / scale, top + height / scale];
  const rows = new Crossings();
  for (let place = 0, at = 0; place < shapes.areaCount; place++, at += 4) {
    runs.begin(place);
    const [west, north, east, south] = [bounds[at], bounds[at + 1], bounds[at + 2], bounds[at + 3]];
    if (west > right || east < left || north > bottom || south < top) continue;
    const firstRow = Math.max(0, Math.ceil((north - top) * scale - 0.5));
    const lastRow = Math.min(height - 1, Math.ceil((south - top) * scale - 0.5) - 1);
    if (firstRow > lastRow) continue;
    rows.collect(shapes, place, firstRow, lastRow, left, top, scale);
    for (let row = firstRow; row <= lastRow; row++) {
      const start = row * width;
      const end = rows.end(row);
      for (let k = rows.begin(row); k + 1 < end; k += 2) {
        const from = Math.max(0, Math.ceil(rows.x[k]));
        const to = Math.min(width, Math.ceil(rows.x[k + 1]));
        if (from >= to) continue;
        if (to - from > SHORT_RUN) ids.fill(place + 1, start + from, start + to);
        else for (let pixel = start + from; pixel < start + to; pixel++) ids[pixel] = place + 1;
        runs.add(start + from, to - from);
      }
    }
  }
  return { width, height, ids, ...runs.finish() };
}

/** The columns at which a place's rings cross the middles of pixel rows, sorted within each row. */
class Crossings {
  x = new Float64Array(1024);
  #rowStart = new Int32Array(1024);
  #firstRow = 0;
  #edges = edgeList(256);

  /** @param {number} row */
  begin(row) {
    return this.#rowStart[row - this.#firstRow];
  }

  /** @param {number} row */
  end(row) {
    return this.#rowStart[row - this.#firstRow + 1];
  }

  /**
   * @param {Shapes} shapes
   * @param {number} place
   * @param {number} firstRow
   * @param {number} lastRow
   * @param {number} left
   * @param {number} top
   * @param {number} scale
   */
  collect(shapes, place, firstRow, lastRow, left, top, scale) {
    const count = lastRow - firstRow + 1;
    this.#firstRow = firstRow;
    if (this.#rowStart.length < count + 2) this.#rowStart = new Int32Array(2 * count + 2);
    const start = this.#rowStart.fill(0, 0, count + 2);
    // A row is crossed by an edge from its upper end (included) to its lower end (excluded). Counted two places on,
    // so that after summing, start[row + 1] is where the row's columns begin and filling moves it to where they end.
    const edges = this.#crossing(shapes, place, firstRow, lastRow, top, scale);
    const { vertex, from, to, slope } = this.#edges;
    for (let edge = 0; edge < edges; edge++) for (let row = from[edge]; row <= to[edge]; row++) start[row - firstRow + 2]++;
    for (let row = 2; row < count + 2; row++) start[row] += start[row - 1];
    if (this.x.length < start[count + 1]) this.x = new Float64Array(2 * start[count + 1]);
    const { x, y } = shapes;
    for (let edge = 0; edge < edges; edge++) {
      const a = vertex[edge];
      for (let row = from[edge]; row <= to[edge]; row++) {
        this.x[start[row - firstRow + 1]++] = (x[a] + (top + (row + 0.5) / scale - y[a]) * slope[edge] - left) * scale - 0.5;
      }
    }
    for (let row = firstRow; row <= lastRow; row++) sort(this.x, this.begin(row), this.end(row));
  }

  /**
   * List the edges that cross the middle of a row.
   * @param {Shapes} shapes
   * @param {number} place
   * @param {number} firstRow
   * @param {number} lastRow
   * @param {number} top
   * @param {number} scale
   * @returns {number} how many
   */
  #crossing({ x, y, ringStart, areaRings }, place, firstRow, lastRow, top, scale) {
    const most = ringStart[areaRings[place + 1]] - ringStart[areaRings[place]];
    if (this.#edges.vertex.length < most) this.#edges = edgeList(2 * most);
    const { vertex, from, to, slope } = this.#edges;
    let count = 0;
    for (let ring = areaRings[place]; ring < areaRings[place + 1]; ring++) {
      const end = ringStart[ring + 1];
      let a = end - 1;
      let rowA = Math.ceil((y[a] - top) * scale - 0.5);
      for (let b = ringStart[ring]; b < end; a = b++) {
        const rowB = Math.ceil((y[b] - top) * scale - 0.5);
        const [first, last] = rowA < rowB ? [rowA, rowB - 1] : [rowB, rowA - 1];
        rowA = rowB;
        if (first > last || first > lastRow || last < firstRow) continue;
        vertex[count] = a;
        from[count] = Math.max(firstRow, first);
        to[count] = Math.min(lastRow, last);
        slope[count++] = (x[b] - x[a]) / (y[b] - y[a]);
      }
    }
    return count;
  }
}

/**
 * Edges of a place: the vertex each begins at, the first and last row it crosses, and how far x moves with y.
 * @param {number} length
 */
function edgeList(length) {
  const [vertex, from, to] = [0, 1, 2].map(() => new Int32Array(length));
  return { vertex, from, to, slope: new Float64Array(length) };
}

/**
 * Sort a few numbers in place: mostly there are two.
 * @param {Float64Array} numbers
 * @param {number} begin
 * @param {number} end
 */
function sort(numbers, begin, end) {
  for (let k = begin + 1; k < end; k++) {
    const value = numbers[k];
    let slot = k;
    for (; slot > begin && numbers[slot - 1] > value; slot--) numbers[slot] = numbers[slot - 1];
    numbers[slot] = value;
  }
}

/** @type {WeakMap<object, Float64Array>} */
const knownBounds = new WeakMap();

/** West, north, east, south of each place. @param {Shapes} shapes */
function boundsOf(shapes) {
  const known = knownBounds.get(shapes);
  if (known) return known;
  const { x, y } = shapes;
  const bounds = new Float64Array(4 * shapes.areaCount);
  for (let place = 0; place < shapes.areaCount; place++) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = shapes.ringStart[shapes.areaRings[place + 1]];
    for (let k = shapes.ringStart[shapes.areaRings[place]]; k < end; k++) {
      if (x[k] < west) west = x[k];
      if (x[k] > east) east = x[k];
      if (y[k] < north) north = y[k];
      if (y[k] > south) south = y[k];
    }
    bounds.set([west, north, east, south], 4 * place);
  }
  knownBounds.set(shapes, bounds);
  return bounds;
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
    /** @type {Int32Array} */
    this.runPixel = new Int32Array(4096);
    /** @type {Int32Array} */
    this.runLength = new Int32Array(4096);
    this.count = 0;
    this.filled = 0;
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
    this.filled += length;
  }

  finish() {
    const { runStart, runPixel, runLength, count, filled } = this;
    runStart[runStart.length - 1] = count;
    const places = Int32Array.from({ length: runStart.length - 1 }, (_, place) => place);
    const drawn = places.filter((place) => runStart[place + 1] > runStart[place]);
    return { runStart, runPixel: runPixel.slice(0, count), runLength: runLength.slice(0, count), drawn, filled };
  }
}

/**
 * @param {Int32Array} array
 * @returns {Int32Array} twice as long, with the same beginning
 */
function grown(array) {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
