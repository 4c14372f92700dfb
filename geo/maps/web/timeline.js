/**
 * The state of every place on one day, moved from day to day by lists of what changes.
 * A step costs what changes on that day; a jump walks the days between.
 */

export class Timeline {
  /** @param {import("./decode.js").MapData} data */
  constructor(data) {
    this.dayCount = data.header.day_count;
    this.placeCount = data.areaCount;
    this.intervals = data;
    /** state of each place, an index into header.states; 0 means nothing is known */
    this.state = new Uint16Array(this.placeCount);
    this.day = -1;
    this.#listChanges(data);
  }

  /** @param {import("./decode.js").MapData} data */
  #listChanges({ intervalStart, intervalDay, intervalState }) {
    const total = intervalDay.length;
    const dayStart = new Int32Array(this.dayCount + 1);
    for (let k = 0; k < total; k++) dayStart[intervalDay[k] + 1]++;
    for (let day = 0; day < this.dayCount; day++) dayStart[day + 1] += dayStart[day];
    const next = dayStart.slice();
    this.dayStart = dayStart;
    this.place = new Int32Array(total);
    this.before = new Uint16Array(total);
    this.after = new Uint16Array(total);
    for (let place = 0; place < this.placeCount; place++) {
      let previous = 0;
      for (let k = intervalStart[place]; k < intervalStart[place + 1]; k++) {
        const at = next[intervalDay[k]]++;
        this.place[at] = place;
        this.before[at] = previous;
        this.after[at] = previous = intervalState[k];
      }
    }
  }

  /**
   * Move to a day (kept within the range) and return the places whose state differs from before.
   * @param {number} day
   * @returns {number[]}
   */
  seek(day) {
    const target = Math.max(0, Math.min(this.dayCount - 1, Math.round(day)));
    /** @type {Map<number, number>} */
    const old = new Map();
    const { place, state } = this;
    const touch = (/** @type {number} */ k, /** @type {Uint16Array} */ values) => {
      if (!old.has(place[k])) old.set(place[k], state[place[k]]);
      state[place[k]] = values[k];
    };
    for (let k = this.dayStart[this.day + 1]; k < this.dayStart[target + 1]; k++) touch(k, this.after);
    for (let k = this.dayStart[this.day + 1] - 1; k >= this.dayStart[target + 1]; k--) touch(k, this.before);
    this.day = target;
    return [...old.keys()].filter((index) => state[index] !== old.get(index));
  }

  /**
   * Places whose state changes on a day, with the states before and after; none on the first day.
   * @param {number} day
   */
  changesOn(day) {
    const changes = [];
    if (day < 1) return changes;
    for (let k = this.dayStart[day]; k < this.dayStart[day + 1]; k++) {
      changes.push({ place: this.place[k], before: this.before[k], after: this.after[k] });
    }
    return changes;
  }

  /** Days after the first on which something changes. */
  changeDays() {
    const days = [];
    for (let day = 1; day < this.dayCount; day++) {
      if (this.dayStart[day + 1] > this.dayStart[day]) days.push(day);
    }
    return days;
  }

  /**
   * The interval that a place is in on the current day, or -1.
   * @param {number} place
   */
  intervalOf(place) {
    const { intervalStart, intervalDay } = this.intervals;
    let found = -1;
    for (let k = intervalStart[place]; k < intervalStart[place + 1] && intervalDay[k] <= this.day; k++) found = k;
    return found;
  }
}
