/**
 * Few rectangles that hold all squares that were touched. To send one to the browser costs as much as more than a
 * thousand pixels do, so squares that were not touched are sent along where that saves a rectangle.
 */

/** So many squares between two others of a row are sent along. */
const BRIDGED = 1;
/** And so many where a rectangle goes on in the next row. */
const WASTED = 4;
/** So many squares are looked at together: most of them are not touched. */
const WORD = 4;

export class Patches {
  /**
   * @param {number} across squares
   * @param {number} down
   */
  constructor(across, down) {
    this.#across = across;
    this.#down = down;
    this.#stride = WORD * Math.ceil(across / WORD);
    this.#touched = new Uint8Array(this.#stride * down);
    this.#words = new Uint32Array(this.#touched.buffer);
    const room = () => new Int16Array(across * down);
    /** The rectangles found, in squares; east and south are beyond them. */
    this.west = room();
    this.north = room();
    this.east = room();
    this.south = room();
    this.#open = new Int32Array(across);
    this.#next = new Int32Array(across);
  }

  #across;
  #down;
  /** 1 for each square that was touched, row after row; rows are `#stride` apart. */
  #touched;
  #stride;
  /** The same, WORD squares in each number. */
  #words;
  count = 0;
  /** Numbers of the rectangles that reach down to the row that is looked at, from west to east. */
  #open;
  #openCount = 0;
  /** How many of them lie too far west for the rest of the row. */
  #passed = 0;
  /** The same of those that reach below the row. */
  #next;
  #nextCount = 0;

  /**
   * Squares were touched; those beyond the canvas do not count.
   * @param {number} west
   * @param {number} north
   * @param {number} east the first column that was not
   * @param {number} south the first row that was not
   */
  touch(west, north, east, south) {
    const touched = this.#touched;
    const begin = Math.max(0, west);
    const end = Math.min(this.#across, east);
    const last = Math.min(this.#down, south);
    for (let row = Math.max(0, north); row < last; row++) {
      const start = row * this.#stride;
      for (let at = start + begin; at < start + end; at++) touched[at] = 1;
    }
  }

  /**
   * The pixels of places were touched. With many places it is the memory that takes the time. So one square of each is
   * marked first: where nothing hangs on what is read, the processor waits for many addresses at once.
   * @param {Pick<import("./raster.js").Raster, "runStart" | "runs">} raster
   * @param {Int32Array} places that are in the view
   * @param {number} bits how often to halve the row or column of the raster's pixels to have that of their square
   * @param {number} around so many pixels around them were touched, too
   */
  touchPlaces({ runStart, runs }, places, bits, around) {
    const [touched, stride, lastColumn, lastRow] = [this.#touched, this.#stride, this.#across - 1, this.#down - 1];
    for (let k = 0; k < places.length; k++) {
      const at = 3 * runStart[places[k]];
      touched[(runs[at] >> bits) * stride + (runs[at + 1] >> bits)] = 1;
    }
    for (let k = 0; k < places.length; k++) {
      const end = 3 * runStart[places[k] + 1];
      for (let at = 3 * runStart[places[k]]; at < end; at += 3) {
        const west = Math.max(0, (runs[at + 1] - around) >> bits);
        const east = Math.min(lastColumn, (runs[at + 2] - 1 + around) >> bits);
        const south = Math.min(lastRow, (runs[at] + around) >> bits);
        for (let row = Math.max(0, (runs[at] - around) >> bits); row <= south; row++) {
          for (let column = west; column <= east; column++) touched[row * stride + column] = 1;
        }
      }
    }
  }

  /** None is touched from now on. */
  clear() {
    this.#touched.fill(0);
  }

  /** Find the rectangles of what was touched; nothing is then. @returns {number} how many */
  find() {
    [this.count, this.#openCount] = [0, 0];
    for (let row = 0; row < this.#down; row++) {
      [this.#passed, this.#nextCount] = [0, 0];
      this.#findIn(row);
      [this.#open, this.#next] = [this.#next, this.#open];
      this.#openCount = this.#nextCount; // only those that reach below the row stay open
    }
    this.clear();
    return this.count;
  }

  /** @param {number} row */
  #findIn(row) {
    const [touched, words] = [this.#touched, this.#words];
    const start = row * this.#stride;
    let [begin, end] = [-1, -1];
    for (let first = start; first < start + this.#stride; first += WORD) {
      if (words[first / WORD] === 0) continue;
      for (let at = first; at < first + WORD; at++) {
        if (touched[at] === 0) continue;
        const column = at - start;
        if (begin >= 0 && column - end > BRIDGED) {
          this.#add(row, begin, end);
          begin = -1;
        }
        if (begin < 0) begin = column;
        end = column + 1;
      }
    }
    if (begin >= 0) this.#add(row, begin, end);
  }

  /** Let the best of the open rectangles go on with a run of squares; without one it begins a new one. */
  #add(/** @type {number} */ row, /** @type {number} */ begin, /** @type {number} */ end) {
    const { west, north, east, south } = this;
    const [open, count] = [this.#open, this.#openCount];
    let [best, least] = [-1, WASTED + 1];
    while (this.#passed < count && east[open[this.#passed]] < begin - WASTED) this.#passed++;
    for (let k = this.#passed; k < count; k++) {
      const other = open[k];
      if (west[other] > end + WASTED) break; // too far east, as are the others
      if (south[other] > row) continue; // goes on already
      const left = Math.min(begin, west[other]);
      const right = Math.max(end, east[other]);
      const tall = row - north[other];
      const wasted = (right - left) * (tall + 1) - (east[other] - west[other]) * tall - (end - begin);
      if (wasted < least) {
        best = other;
        least = wasted;
      }
    }
    if (best < 0) {
      best = this.count++;
      west[best] = begin;
      north[best] = row;
      east[best] = end;
    }
    west[best] = Math.min(begin, west[best]);
    east[best] = Math.max(end, east[best]);
    south[best] = row + 1;
    this.#next[this.#nextCount++] = best;
  }
}
