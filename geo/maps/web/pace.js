/** What follows a moving date, but not in every frame. */

/** Two of those that follow in turn are so far apart: each has a frame of its own. */
const APART_MS = 16;
/** Where two frames take longer than this, one of them came late. */
const LATE_MS = 42;
/** Where frames come late, what follows is done so many times rarer at most. */
const RAREST = 3;
/** How much rarer after a late frame, and how much more often again after two that came in time. */
const RARER = 1.5;
const OFTENER = 0.9;

/**
 * What follows a moving date in turn: each at most so often, rarer where its frame comes late, and no two in one frame.
 * Returns a function that takes one in, and returns how it is asked for: it is done at once if none was done just now,
 * else a little later.
 * @param {number} every_ms
 */
export function inTurn(every_ms) {
  /** @type {{act: () => void, last: number, asked: boolean}[]} */
  const followers = [];
  let [free, rarer] = [0, 1];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Whether the frames after what was done just now come in time says how often it may be done. */
  function watch(/** @type {number} */ begin) {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const isLate = performance.now() - begin > LATE_MS;
        rarer = isLate ? Math.min(RAREST, rarer * RARER) : Math.max(1, rarer * OFTENER);
      }),
    );
  }

  function advance() {
    timer = undefined;
    const asked = followers.filter((follower) => follower.asked);
    if (!asked.length) return;
    const next = asked.reduce((one, other) => (other.last < one.last ? other : one));
    const wait = Math.max(free, next.last + every_ms * rarer) - performance.now();
    if (wait > 0) {
      timer = setTimeout(advance, wait);
      return;
    }
    next.asked = false;
    next.last = performance.now();
    free = next.last + APART_MS;
    watch(next.last);
    next.act();
    if (asked.length > 1) timer ??= setTimeout(advance, APART_MS);
  }
  return (/** @type {() => void} */ act) => {
    const follower = { act, last: -Infinity, asked: false };
    followers.push(follower);
    return () => {
      follower.asked = true;
      if (timer === undefined) advance();
    };
  };
}

/**
 * Something that is done once, when it was not asked for during some time.
 * @param {() => void} act
 * @param {number} after_ms
 */
export function rested(act, after_ms) {
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function look() {
    const wait = asked + after_ms - performance.now();
    timer = wait > 0 ? setTimeout(look, wait) : undefined;
    if (wait <= 0) act();
  }
  return () => {
    asked = performance.now();
    timer ??= setTimeout(look, after_ms); // one timer for a whole movement: to set and clear one costs the browser work
  };
}
