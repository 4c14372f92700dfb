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
    this.#moved = new Int32Array(this.placeCount);
    this.#old = new Uint16Array(this.placeCount);
    this.intervals = data.readings.doubt;
  }

  #touched;
  /** The places that the last move touched, and their states before it. */
  #moved;
  #old;
  /** The changes of all days; listed when they are asked for first, which the first picture does not. */
  get changes() {
    return changesByDay(this.intervals, this.dayCount);
  }

  /**
   * Read dates that are ranges in another way, from the next `seek` on, which then returns what differs.
   * @param {When} when
   */
  read(when) {
    const { data } = this;
    this.intervals = data.readings[when] ?? data.readings.doubt;
    if (this.day >= 0) this.#stale = true;
  }

  #stale = false;

  /**
   * Move to a day (kept within the range) and return the places whose state differs from before; the list holds
   * until the next move.
   * @param {number} day
   * @returns {Int32Array}
   */
  seek(day) {
    const target = Math.max(0, Math.min(this.dayCount - 1, Math.round(day)));
    const isFar = this.#stale || this.day < 0 || this.#crossed(target) > this.placeCount / 2;
    this.#stale = false;
    const isStep = Math.abs(target - this.day) === 1;
    const changed = isFar ? this.#lookUp(target) : isStep ? this.#step(target) : this.#walk(target);
    this.day = target;
    return changed;
  }

  /** How many changes lie between the day and another one. @param {number} target */
  #crossed(target) {
    const { dayStart } = this.changes;
    return Math.abs(dayStart[target + 1] - dayStart[this.day + 1]);
  }

  /** @param {number} target */
  #lookUp(target) {
    const [state, moved] = [this.state, this.#moved];
    const { intervalStart, intervalDay, intervalState } = this.intervals;
    let count = 0;
    for (let place = 0; place < this.placeCount; place++) {
      const first = intervalStart[place];
      let low = first;
      for (let high = intervalStart[place + 1]; low < high; ) {
        const middle = (low + high) >> 1;
        if (intervalDay[middle] <= target) low = middle + 1;
        else high = middle;
      }
      const now = low > first ? intervalState[low - 1] : 0;
      if (now !== state[place]) moved[count++] = place;
      state[place] = now;
    }
    return moved.subarray(0, count);
  }

  /** To the next day or the one before: a place changes once on a day. @param {number} target */
  #step(target) {
    const { state, changes: { place, before, after, dayStart } } = this;
    const moved = this.#moved;
    const day = Math.max(target, this.day);
    const now = target > this.day ? after : before;
    let count = 0;
    for (let k = dayStart[day]; k < dayStart[day + 1]; k++) {
      if (before[k] !== after[k]) moved[count++] = place[k];
      state[place[k]] = now[k];
    }
    return moved.subarray(0, count);
  }

  /** @param {number} target */
  #walk(target) {
    const { state, changes: { place, before, after, dayStart } } = this;
    const [touched, moved, old] = [this.#touched, this.#moved, this.#old];
    const forward = target > this.day;
    const [from, to] = forward ? [dayStart[this.day + 1], dayStart[target + 1]] : [dayStart[target + 1], dayStart[this.day + 1]];
    let passed = 0;
    for (let i = 0; i < to - from; i++) {
      const k = forward ? from + i : to - 1 - i;
      const index = place[k];
      if (touched[index] === 0) {
        touched[index] = 1;
        moved[passed] = index;
        old[passed++] = state[index];
      }
      state[index] = forward ? after[k] : before[k];
    }
    let count = 0;
    for (let i = 0; i < passed; i++) {
      const index = moved[i];
      touched[index] = 0;
      if (state[index] !== old[i]) moved[count++] = index;
    }
    return moved.subarray(0, count);
  }

  /**
   * Places whose state changes on a day, with the states before and after; on the first day only those of which a
   * report says so.
   * @param {number} day
   * @returns {import("./changes.js").Changes}
   */
  changesOn(day) {
    if (day < 1) return firstDay(this.intervals, this.data.header.baseline);
    const { place, before, after, dayStart } = this.changes;
    const [from, to] = [dayStart[day], dayStart[day + 1]];
    return { place: place.subarray(from, to), before: before.subarray(from, to), after: after.subarray(from, to) };
  }

  /** Days after the first on which something changes. */
  changeDays() {
    const days = [];
    const { dayStart } = this.changes;
    for (let day = 1; day < this.dayCount; day++) {
      if (dayStart[day + 1] > dayStart[day]) days.push(day);
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

/**
 * Changes that reports date to the first day, or that may have happened on it.
 * @param {import("./decode.js").Intervals} intervals
 * @param {import("./payload").Header["baseline"]} baseline
 * @returns {import("./changes.js").Changes}
 */
function firstDay({ intervalStart, intervalDay, intervalState, intervalEvent }, baseline) {
  const places = [];
  for (let place = 0; place + 1 < intervalStart.length; place++) {
    const first = intervalStart[place];
    if (first < intervalStart[place + 1] && intervalDay[first] === 0 && intervalEvent[first] >= 0) places.push(place);
  }
  return {
    place: Int32Array.from(places),
    before: Uint16Array.from(places, (place) => Math.max(0, baseline.state[place])),
    after: Uint16Array.from(places, (place) => intervalState[intervalStart[place]]),
  };
}

/** @typedef {import("./changes.js").Changes & {dayStart: Int32Array}} ChangesByDay */

/** @type {WeakMap<object, ChangesByDay>} */
const knownChanges = new WeakMap();

/**
 * The changes of all places in the order of their days; found once for the same intervals.
 * @param {import("./decode.js").Intervals} intervals
 * @param {number} dayCount
 * @returns {ChangesByDay} changes of day d are dayStart[d] .. dayStart[d+1]-1 in place, before and after
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
