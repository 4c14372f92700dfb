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

/** How much ground each state has; a move of the date costs what it changes. */
export class Ground {
  /**
   * @param {{state: Uint16Array}} timeline
   * @param {Pick<import("./decode.js").MapData, "header" | "areaCount">} data
   */
  constructor(timeline, { header, areaCount }) {
    this.header = header;
    this.#timeline = timeline;
    this.#counted = new Uint16Array(areaCount);
    // in hundredths, as they are sent: sums of whole numbers stay exact however often they go up and down
    this.#hundredths = new Float64Array(areaCount);
    this.#byState = new Float64Array(header.states.length);
    for (let place = 0; place < areaCount; place++) {
      this.#hundredths[place] = Math.round(100 * header.places.area_km2[place]);
      this.#byState[0] += this.#hundredths[place];
    }
  }

  #timeline;
  /** The state that each place is counted with. */
  #counted;
  #hundredths;
  #byState;

  /** Count places anew whose state differs from before. @param {ArrayLike<number>} moved */
  follow(moved) {
    const [state, counted, hundredths] = [this.#timeline.state, this.#counted, this.#hundredths];
    this.#makeRoom();
    const byState = this.#byState;
    for (let k = 0; k < moved.length; k++) {
      const place = moved[k];
      byState[counted[place]] -= hundredths[place];
      byState[state[place]] += hundredths[place];
      counted[place] = state[place];
    }
  }

  /** What was known on an earlier day can bring more states. */
  #makeRoom() {
    const before = this.#byState;
    if (before.length === this.header.states.length) return;
    this.#byState = new Float64Array(this.header.states.length);
    this.#byState.set(before);
  }

  /** Square kilometres of each state. */
  get byState_km2() {
    return this.#byState.map((hundredths) => hundredths / 100);
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
