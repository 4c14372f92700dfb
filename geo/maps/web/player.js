/** Plays the days, so many a second and never faster. */

/** Days a second that can be chosen. */
export const SPEEDS = [1, 2, 4, 8, 30];

/**
 * @param {() => boolean} advance moves on by one day; false at the end
 * @param {(playing: boolean) => void} onChange
 */
export function player(advance, onChange) {
  let perSecond = 2;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function stop() {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    onChange(false);
  }
  function start() {
    clearInterval(timer);
    timer = setInterval(() => advance() || stop(), 1000 / perSecond);
    onChange(true);
  }
  function setSpeed(/** @type {number} */ daysPerSecond) {
    perSecond = daysPerSecond;
    if (timer !== undefined) start();
  }
  return { start, stop, setSpeed, toggle: () => (timer === undefined ? start() : stop()) };
}

/**
 * Something that is done at most so often: at once, and again at the end of the time where it was asked for meanwhile.
 * @param {() => void} act
 * @param {number} every_ms
 */
export function paced(act, every_ms) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function now() {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    act();
  }
  return () => {
    const wait = last + every_ms - performance.now();
    if (wait <= 0) now();
    else timer ??= setTimeout(now, wait);
  };
}
