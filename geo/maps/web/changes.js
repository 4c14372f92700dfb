/** Changes of places, by columns: some days have a thousand, and the slider passes sixty days a second. */

/**
 * @typedef {object} Changes
 * @property {Int32Array} place
 * @property {Uint16Array} before  state, an index into header.states
 * @property {Uint16Array} after
 */

/** @typedef {(before: number, after: number) => boolean} Passes whether a change between two states is wanted */

/** @type {Changes} */
export const NO_CHANGES = { place: new Int32Array(0), before: new Uint16Array(0), after: new Uint16Array(0) };

/**
 * Those that pass; all of them where there is no test.
 * @param {Changes} changes
 * @param {Passes | null} passes
 * @returns {Changes}
 */
export function passing(changes, passes) {
  if (!passes) return changes;
  const { before, after } = changes;
  return picked(changes, before.map((state, k) => Number(passes(state, after[k]))));
}

/**
 * Those that are marked with 1.
 * @param {Changes} changes
 * @param {ArrayLike<number>} marks
 * @returns {Changes}
 */
export function picked({ place, before, after }, marks) {
  const isMarked = (/** @type {number} */ _, /** @type {number} */ k) => marks[k] === 1;
  return { place: place.filter(isMarked), before: before.filter(isMarked), after: after.filter(isMarked) };
}
