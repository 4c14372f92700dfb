/**
 * The state of every place on one day. A step costs what changes on that day; a far jump looks each place up.
 */

/** @typedef {"doubt" | "earliest" | "latest"} When */

export class Timeline {
  /** @param {import("./decode.js").MapData} data */
  constructor(data) {
    /** @type {number} */
    this.dayCount = data.header.day_count;
    this.placeCount = data.areaCount;
    /** state of each place, an index into header.states; 0 means nothing is known */
    this.state = new Uint16Array(this.placeCount);
    this.day = -1;
    this.data = data;
    this.#touched = new Uint8Array(this.placeCount);
    this.intervals = data.readings.doubt;
    this.#listChanges(this.intervals);
  }

  #touched;
  /** changes of day d are dayStart[d] .. dayStart[d+1]-1 in place, before and after */
  /** @type {Int32Array} */
  dayStart = new Int32Array(0);
  /** @type {Int32Array} */
  place = new Int32Array(0);
  /** @type {Uint16Array} */
  before = new Uint16Array(0);
  /** @type {Uint16Array} */
  after = new Uint16Array(0);

  /**
   * Read dates that are ranges in another way, from the next `seek` on, which then returns what differs.
   * @param {When} when
   */
  read(when) {
    const { data } = this;
    this.intervals = data.readings[when] ?? data.readings.doubt;
    this.#listChanges(this.intervals);
    if (this.day >= 0) this.#stale = true;
  }

  #stale = false;

  /** @param {import("./decode.js").Intervals} intervals */
  #listChanges(intervals) {
    const { dayStart, place, before, after } = changesByDay(intervals, this.dayCount);
    [this.dayStart, this.place, this.before, this.after] = [dayStart, place, before, after];
  }

  /**
   * Move to a day (kept within the range) and return the places whose state differs from before.
   * @param {number} day
   * @returns {number[]}
   */
  seek(day) {
    const target = Math.max(0, Math.min(this.dayCount - 1, Math.round(day)));
    const crossed = Math.abs(this.dayStart[target + 1] - this.dayStart[this.day + 1]);
    const far = this.#stale || this.day < 0 || crossed > this.placeCount / 2;
    this.#stale = false;
    const changed = far ? this.#lookUp(target) : this.#walk(target);
    this.day = target;
    return changed;
  }

  /** @param {number} target */
  #lookUp(target) {
    const { state } = this;
    const { intervalStart, intervalDay, intervalState } = this.intervals;
    const changed = [];
    for (let place = 0; place < this.placeCount; place++) {
      let [low, high] = [intervalStart[place], intervalStart[place + 1]];
      const first = low;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (intervalDay[middle] <= target) low = middle + 1;
        else high = middle;
      }
      const now = low > first ? intervalState[low - 1] : 0;
      if (now !== state[place]) changed.push(place);
      state[place] = now;
    }
    return changed;
  }

  /** @param {number} target */
  #walk(target) {
    const { place, before, after, state, dayStart } = this;
    const forward = target > this.day;
    const [from, to] = forward ? [dayStart[this.day + 1], dayStart[target + 1]] : [dayStart[target + 1], dayStart[this.day + 1]];
    /** @type {number[]} */
    const places = [];
    /** @type {number[]} */
    const old = [];
    for (let i = 0; i < to - from; i++) {
      const k = forward ? from + i : to - 1 - i;
      const index = place[k];
      if (!this.#touched[index]) {
        this.#touched[index] = 1;
        places.push(index);
        old.push(state[index]);
      }
      state[index] = forward ? after[k] : before[k];
    }
    for (const index of places) this.#touched[index] = 0;
    return places.filter((index, i) => state[index] !== old[i]);
  }

  /**
   * Places whose state changes on a day, with the states before and after; none on the first day.
   * @param {number} day
   */
  changesOn(day) {
    /** @type {{place: number, before: number, after: number}[]} */
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

/** @typedef {{dayStart: Int32Array, place: Int32Array, before: Uint16Array, after: Uint16Array}} Changes */

/** @type {WeakMap<object, Changes>} */
const knownChanges = new WeakMap();

/**
 * The changes of all places in the order of their days; found once for the same intervals.
 * @param {import("./decode.js").Intervals} intervals
 * @param {number} dayCount
 * @returns {Changes} changes of day d are dayStart[d] .. dayStart[d+1]-1 in place, before and after
 */
export function changesByDay(intervals, dayCount) {
  const known = knownChanges.get(intervals);
  if (known) return known;
  const { intervalStart, intervalDay, intervalState } = intervals;
  const total = intervalDay.length;
  const dayStart = new Int32Array(dayCount + 1);
  const [places, before, after] = [new Int32Array(total), new Uint16Array(total), new Uint16Array(total)];
  for (let k = 0; k < total; k++) dayStart[intervalDay[k] + 1]++;
  for (let day = 0; day < dayCount; day++) dayStart[day + 1] += dayStart[day];
  const next = dayStart.slice();
  for (let place = 0; place + 1 < intervalStart.length; place++) {
    let previous = 0;
    for (let k = intervalStart[place]; k < intervalStart[place + 1]; k++) {
      const at = next[intervalDay[k]]++;
      places[at] = place;
      before[at] = previous;
      after[at] = previous = intervalState[k];
    }
  }
  const changes = { dayStart, place: places, before, after };
  knownChanges.set(intervals, changes);
  return changes;
}
