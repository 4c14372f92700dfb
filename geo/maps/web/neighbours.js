/**
 * Which places of a raster lie beside each other: a front can only be where two of these have different holders, so
 * there is no need to look at every pixel for it.
 */

/**
 * @param {import("./raster.js").Raster} raster
 * @returns {{first: Int32Array, second: Int32Array}} pairs of places, each once
 */
export function neighboursOf({ ids, width, height, runStart }) {
  const pairs = new Pairs(runStart.length - 1);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const id = ids[pixel];
      if (id === 0) continue;
      const right = column + 1 < width ? ids[pixel + 1] : 0;
      const below = row + 1 < height ? ids[pixel + width] : 0;
      if (right !== id && right !== 0) pairs.add(id - 1, right - 1);
      if (below !== id && below !== 0) pairs.add(id - 1, below - 1);
    }
  }
  return pairs.all();
}

/** Pairs of numbers, each kept once, in a list for each lower number. */
class Pairs {
  /** @param {number} count of numbers */
  constructor(count) {
    this.#newest = new Int32Array(count).fill(-1);
    this.#room(4 * count);
  }

  /** The newest pair of each lower number, and of each pair the one before it; -1 for none. */
  #newest;
  #before = new Int32Array(0);
  #lower = new Int32Array(0);
  #higher = new Int32Array(0);
  #count = 0;

  /** @param {number} one @param {number} other */
  add(one, other) {
    const lower = one < other ? one : other;
    const higher = one < other ? other : one;
    for (let pair = this.#newest[lower]; pair >= 0; pair = this.#before[pair]) if (this.#higher[pair] === higher) return;
    if (this.#count === this.#lower.length) this.#room(2 * this.#count + 1);
    this.#lower[this.#count] = lower;
    this.#higher[this.#count] = higher;
    this.#before[this.#count] = this.#newest[lower];
    this.#newest[lower] = this.#count++;
  }

  all() {
    return { first: this.#lower.slice(0, this.#count), second: this.#higher.slice(0, this.#count) };
  }

  /** @param {number} length */
  #room(length) {
    const larger = (/** @type {Int32Array} */ array) => {
      const out = new Int32Array(length);
      out.set(array);
      return out;
    };
    [this.#before, this.#lower, this.#higher] = [larger(this.#before), larger(this.#lower), larger(this.#higher)];
  }
}
