/**
 * Few rectangles that hold all squares that were touched. To send one to the browser costs as much as more than a
 * thousand pixels do, so squares that were not touched are sent along where that saves a rectangle.
 */

/** So many squares between two others of a row are sent along. */
const BRIDGED = 1;
/** And so many where a rectangle goes on in the next row. */
const WASTED = 4;

export class Patches {
  /**
   * @param {number} across squares
   * @param {number} down
   */
  constructor(across, down) {
    this.#across = across;
    this.#down = down;
    this.#touched = new Uint8Array(across * down);
    const room = () => new Int16Array(across * down);
    /** The rectangles found, in squares; east and south are beyond them. */
    this.west = room();
    this.north = room();
    this.east = room();
    this.south = room();
    this.#open = room();
  }

  #across;
  #down;
  /** 1 for each square that was touched, row after row. */
  #touched;
  count = 0;
  /** Numbers of the rectangles that reach down to the row that is looked at. */
  #open;
  #openCount = 0;

  /**
   * Squares were touched; those beyond the canvas do not count.
   * @param {number} west
   * @param {number} north
   * @param {number} east the first column that was not
   * @param {number} south the first row that was not
   */
  touch(west, north, east, south) {
    const touched = this.#touched;
    const across = this.#across;
    const begin = Math.max(0, west);
    const end = Math.min(across, east);
    const last = Math.min(this.#down, south);
    for (let row = Math.max(0, north); row < last; row++) {
      for (let at = row * across + begin; at < row * across + end; at++) touched[at] = 1;
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
      this.#findIn(row);
      this.#close(row);
    }
    this.clear();
    return this.count;
  }

  /** @param {number} row */
  #findIn(row) {
    const [touched, across] = [this.#touched, this.#across];
    const start = row * across;
    let [begin, end] = [-1, -1];
    for (let column = 0; column < across; column++) {
      if (touched[start + column] === 0) continue;
      if (begin >= 0 && column - end > BRIDGED) {
        this.#add(row, begin, end);
        begin = -1;
      }
      if (begin < 0) begin = column;
      end = column + 1;
    }
    if (begin >= 0) this.#add(row, begin, end);
  }

  /** Let the best of the open rectangles go on with a run of squares; without one it begins a new one. */
  #add(/** @type {number} */ row, /** @type {number} */ begin, /** @type {number} */ end) {
    const { west, north, east, south } = this;
    let [best, least] = [-1, WASTED + 1];
    for (let k = 0; k < this.#openCount; k++) {
      const other = this.#open[k];
      if (south[other] > row) continue; // goes on already
      if (west[other] > end + WASTED || east[other] < begin - WASTED) continue; // too far away
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
      this.#open[this.#openCount++] = best;
      west[best] = begin;
      north[best] = row;
      east[best] = end;
    }
    west[best] = Math.min(begin, west[best]);
    east[best] = Math.max(end, east[best]);
    south[best] = row + 1;
  }

  /** Only rectangles that reach below a row stay open. @param {number} row */
  #close(row) {
    let kept = 0;
    for (let k = 0; k < this.#openCount; k++) if (this.south[this.#open[k]] > row) this.#open[kept++] = this.#open[k];
    this.#openCount = kept;
  }
}
