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
