/** Which ink each place gets: that of its state, faded by the age of its evidence, or strong where it changed. */
import { ageStep, evidenceDays, STEPS } from "./evidence_age.js";
import { fadedInks, stateInks } from "./ink.js";
import { readings } from "./range.js";

/** How strongly a place is drawn that did not change. */
export const UNCHANGED = 0.2;

/** @typedef {"states" | "age" | "difference"} Manner */

export class Painting {
  /**
   * @param {import("./decode.js").MapData} data
   * @param {import("./timeline.js").Timeline} timeline
   */
  constructor(data, timeline) {
    this.data = data;
    this.timeline = timeline;
    this.stateInks = stateInks(data.header.states, data.header.actors);
    this.intervals = data.readings.doubt;
    this.codes = timeline.state;
    this.inks = this.stateInks;
    /** @type {Manner} */
    this.manner = "states";
    /** @type {import("./timeline.js").Timeline | null} */
    this.earlier = null;
    /** @type {Int32Array[] | null} days of evidence by place, once they are asked for */
    this.evidence = null;
  }

  /**
   * Choose how to paint; the codes and inks are new.
   * @param {Manner} manner
   * @param {import("./timeline.js").Timeline | null} earlier for the difference: the other date
   */
  choose(manner, earlier) {
    this.manner = manner;
    this.earlier = earlier;
    if (this.intervals !== this.data.readings.doubt) this.#learn();
    const inks = this.stateInks;
    if (manner === "states") [this.codes, this.inks] = [this.timeline.state, inks];
    else this.codes = new Uint16Array(this.timeline.state.length);
    if (manner === "age") this.inks = STEPS.flatMap(({ strong }) => fadedInks(inks, strong));
    if (manner === "difference") this.inks = [...fadedInks(inks, UNCHANGED), ...inks];
    this.follow([]);
  }

  /** The data was turned to what was known on another day. */
  #learn() {
    const { header, readings } = this.data;
    this.intervals = readings.doubt;
    this.stateInks = stateInks(header.states, header.actors);
    this.evidence = null;
  }

  /**
   * Bring the codes up to date after the timelines moved.
   * @param {ArrayLike<number>} moved places whose state differs from before
   * @returns {ArrayLike<number>} places whose code differs from before
   */
  follow(moved) {
    if (this.manner === "states") return moved;
    const code = this.manner === "age" ? this.#byAge() : this.#byDifference();
    /** @type {number[]} */
    const changed = [];
    for (let place = 0; place < this.codes.length; place++) {
      const now = code(place);
      if (now !== this.codes[place]) changed.push(place);
      this.codes[place] = now;
    }
    return changed;
  }

  #byAge() {
    const evidence = (this.evidence ??= evidenceDays(this.data));
    const { stateInks, timeline } = this;
    return (/** @type {number} */ place) => ageStep(evidence[place], timeline.day) * stateInks.length + timeline.state[place];
  }

  #byDifference() {
    const reading = readings(this.data.header.states);
    const { stateInks } = this;
    const [before, after] = [/** @type {import("./timeline.js").Timeline} */ (this.earlier).state, this.timeline.state];
    return (/** @type {number} */ place) =>
      after[place] + (reading[before[place]] === reading[after[place]] ? 0 : stateInks.length);
  }
}
