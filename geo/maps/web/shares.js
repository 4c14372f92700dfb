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

/** How much ground each state has on the timeline's day: worked out for all days when it is asked for first. */
export class Ground {
  /**
   * @param {Pick<import("./timeline.js").Timeline, "day" | "dayCount" | "changes">} timeline
   * @param {Pick<import("./decode.js").MapData, "header" | "areaCount">} data
   */
  constructor(timeline, { header, areaCount }) {
    this.header = header;
    this.#timeline = timeline;
    this.#areaCount = areaCount;
  }

  #timeline;
  #areaCount;
  /** The changes that the table was made of. @type {import("./timeline.js").ChangesByDay | null} */
  #changes = null;
  /** For each day the ground of each state, in hundredths of a square kilometre: sums of whole numbers are exact. */
  #table = new Float64Array(0);
  #stateCount = 0;

  /** Square kilometres of each state. */
  get byState_km2() {
    const { day, changes } = this.#timeline;
    if (this.#changes !== changes) this.#tabulate(changes);
    return this.#table.slice(day * this.#stateCount, (day + 1) * this.#stateCount).map((hundredths) => hundredths / 100);
  }

  /** @param {import("./timeline.js").ChangesByDay} changes */
  #tabulate(changes) {
    const { dayStart, place, before, after } = changes;
    const { dayCount } = this.#timeline;
    const { states, places: { area_km2 } } = this.header;
    const sums = new Float64Array(states.length);
    const hundredths = (/** @type {number} */ number) => Math.round(100 * area_km2[number]);
    for (let number = 0; number < this.#areaCount; number++) sums[0] += hundredths(number);
    this.#table = new Float64Array(dayCount * states.length);
    for (let day = 0; day < dayCount; day++) {
      for (let k = dayStart[day]; k < dayStart[day + 1]; k++) {
        const area = hundredths(place[k]);
        sums[before[k]] -= area;
        sums[after[k]] += area;
      }
      this.#table.set(sums, day * states.length);
    }
    this.#stateCount = states.length;
    this.#changes = changes;
  }
}

/** @type {WeakMap<object, Parts[]>} */
const knownParts = new WeakMap();

/**
 * @param {Ground} ground
 * @returns {{actors: number[], contested: number, unknown: number, total: number}} km²
 */
export function sharesOf({ header, byState_km2 }) {
  const known = knownParts.get(header);
  const parts = known?.length === header.states.length ? known : partsOfStates(header);
  knownParts.set(header, parts);
  const accounts = accountsOf(header);
  const sums = new Float64Array(accounts.count);
  byState_km2.forEach((sum_km2, state) => parts[state].forEach(({ account, part }) => (sums[account] += part * sum_km2)));
  return {
    actors: [...sums.subarray(0, header.actors.length)],
    contested: sums[accounts.contested],
    unknown: sums[accounts.unknown],
    total: byState_km2.reduce((a, b) => a + b, 0),
  };
}
