/** What changed between two dates: which places, and how much ground each side gained and lost. */
import { picked } from "./changes.js";
import { accountsOf, partsOfStates } from "./shares.js";

/**
 * @typedef {object} Between
 * @property {import("./changes.js").Changes} changes places read differently on the two dates
 * @property {{gained_km2: number, lost_km2: number}[]} accounts by account, see shares.js
 */

/**
 * A number for each state, equal where two states read the same: who, against whom, how, and whether it is certain.
 * @param {import("./decode.js").State[]} states
 * @returns {number[]}
 */
export function readings(states) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return states.map(({ actor, contender, status, assertion, undecided }) => {
    const key = [actor, contender, status, assertion, undecided].join();
    if (!known.has(key)) known.set(key, known.size);
    return /** @type {number} */ (known.get(key));
  });
}

/**
 * @param {import("./decode.js").MapData} data
 * @param {Uint16Array} before state of each place on the earlier date
 * @param {Uint16Array} after on the later date
 * @returns {Between}
 */
export function changedBetween({ header }, before, after) {
  const reading = readings(header.states);
  const parts = partsOfStates(header);
  const accounts = Array.from({ length: accountsOf(header).count }, () => ({ gained_km2: 0, lost_km2: 0 }));
  const isChanged = new Uint8Array(before.length);
  const difference = new Float64Array(accounts.length);
  for (let place = 0; place < before.length; place++) {
    const [from, to] = [before[place], after[place]];
    if (reading[from] === reading[to]) continue;
    isChanged[place] = 1;
    difference.fill(0);
    for (const { account, part } of parts[from]) difference[account] -= part;
    for (const { account, part } of parts[to]) difference[account] += part;
    difference.forEach((part, account) => {
      const area_km2 = part * header.places.area_km2[place];
      if (part > 0) accounts[account].gained_km2 += area_km2;
      else accounts[account].lost_km2 -= area_km2;
    });
  }
  const place = Int32Array.from(before, (_, number) => number);
  return { changes: picked({ place, before, after }, isChanged), accounts };
}
