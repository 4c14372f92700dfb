/**
 * Square kilometres by side. The rule is geo/control/shares.py's: a contested, mixed or undecided place counts
 * half for each of the two; where the other side is not named, that half is `contested`; a place or half without
 * a known holder is `unknown`.
 *
 * Accounts are numbered: actors as in header.actors, then contested, then unknown.
 * @typedef {{account: number, part: number}[]} Parts how a place is divided, parts add up to 1
 */

/** @param {{actors: unknown[]}} header */
export function accountsOf({ actors }) {
  return { contested: actors.length, unknown: actors.length + 1, count: actors.length + 2 };
}

/**
 * How each state divides a place.
 * @param {import("./payload").Header} header
 * @returns {Parts[]}
 */
export function partsOfStates(header) {
  const { contested, unknown } = accountsOf(header);
  return header.states.map((/** @type {import("./decode.js").State} */ state) => {
    const shared = state.undecided || state.status === "contested" || state.status === "mixed";
    const holder = state.actor < 0 ? unknown : state.actor;
    if (!shared) return [{ account: holder, part: 1 }];
    return [{ account: holder, part: 0.5 }, { account: state.contender < 0 ? contested : state.contender, part: 0.5 }];
  });
}

/** @type {WeakMap<object, Parts[]>} */
const knownParts = new WeakMap();

/**
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./decode.js").MapData} data
 * @returns {{actors: number[], contested: number, unknown: number, total: number}} km²
 */
export function sharesOf(timeline, { header, areaCount }) {
  const known = knownParts.get(header);
  const parts = known?.length === header.states.length ? known : partsOfStates(header);
  knownParts.set(header, parts);
  const accounts = accountsOf(header);
  const area_km2 = header.places.area_km2;
  const byState = new Float64Array(header.states.length);
  for (let place = 0; place < areaCount; place++) byState[timeline.state[place]] += area_km2[place];
  const sums = new Float64Array(accounts.count);
  byState.forEach((sum_km2, state) => parts[state].forEach(({ account, part }) => (sums[account] += part * sum_km2)));
  return {
    actors: [...sums.subarray(0, header.actors.length)],
    contested: sums[accounts.contested],
    unknown: sums[accounts.unknown],
    total: byState.reduce((a, b) => a + b, 0),
  };
}
