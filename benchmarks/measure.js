/**
 * Measuring inside a page. Runs before every other script of the page and leaves `window.measure`.
 *
 * Script time of a step is the time in which the page's own code runs: the dispatch of the input, then every
 * callback of requestAnimationFrame and setTimeout until the frame is done. Style, layout and paint are not in it;
 * they are in the time to frame done.
 *
 * @typedef {{map: any, bounds: number[][], setDay: (day: number) => void, drawn?: () => unknown}} Subject
 *   What is measured. drawn returns another object once a new view is drawn; without it a view is drawn by its frame.
 */
(() => {
  const requestFrame = window.requestAnimationFrame.bind(window);
  const setTimer = window.setTimeout.bind(window);
  const FRAME_MS = 1000 / 60;
  let scriptMs = 0;
  /** @type {number[]} */
  const longTasks = [];

  const counted = (/** @type {(...args: any[]) => void} */ callback) =>
    typeof callback !== "function" ? callback : function (/** @type {any[]} */ ...args) {
      const begin = performance.now();
      try {
        callback.apply(this, args);
      } finally {
        scriptMs += performance.now() - begin;
      }
    };
  window.requestAnimationFrame = (callback) => requestFrame(counted(callback));
  window.setTimeout = /** @type {any} */ ((callback, delay, ...args) => setTimer(counted(callback), delay, ...args));
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask", buffered: true });

  const frame = () => new Promise((resolve) => requestFrame(resolve));
  const task = () => new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  });
  const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimer(resolve, ms));
  const frameDone = async () => {
    await frame();
    await frame();
  };

  /** The time after a frame in which something may be done. */
  const between = async () => {
    await frame();
    await task();
  };

  /**
   * Do one thing between two frames and wait until its frame is done. What runs later, until the next thing can be
   * done, is in its script time too.
   */
  async function once(/** @type {() => void} */ act, /** @type {() => boolean} */ isDrawn = () => true) {
    scriptMs = 0;
    const begin = performance.now();
    act();
    const dispatch = performance.now() - begin;
    while (!isDrawn()) await frame();
    await frameDone();
    const done = performance.now() - begin;
    await between();
    return { script: dispatch + scriptMs, done };
  }

  /** Do it for each value, as long as the time suffices. */
  async function each(values, act, budgetMs) {
    const [begin, tasks] = [performance.now(), longTasks.length];
    const rows = [];
    await between();
    for (const value of values) {
      if (performance.now() - begin > budgetMs) break;
      rows.push(await once(() => act(value)));
    }
    await pause(100);
    return { rows, longTasks: longTasks.slice(tasks) };
  }

  /**
   * One day for each frame, as when somebody drags steadily: milliseconds between the frames, and long tasks.
   */
  async function sustained(/** @type {Subject} */ { setDay }, days, budgetMs) {
    const gaps = [];
    const [begin, tasks] = [performance.now(), longTasks.length];
    let previous = await frame();
    for (const day of days) {
      if (performance.now() - begin > budgetMs) break;
      setDay(day);
      const now = await frame();
      gaps.push(now - previous);
      previous = now;
    }
    await pause(100);
    return { gaps, longTasks: longTasks.slice(tasks) };
  }

  /** Zoom as a wheel or button does: longest wait between frames while it moves, and from its end to the new picture. */
  async function zoom(/** @type {Subject} */ { map, drawn }, by) {
    const before = drawn?.();
    let [end, longest] = [0, 0];
    map.once("zoomend", () => {
      end = performance.now();
    });
    await frame();
    map.setZoom(map.getZoom() + by);
    for (let previous = performance.now(); !end; ) {
      await frame();
      const now = performance.now();
      if (!end) longest = Math.max(longest, now - previous);
      previous = now;
    }
    while (drawn && drawn() === before) await frame();
    await frameDone();
    return { longest, settle: performance.now() - end };
  }

  window.measure = {
    /**
     * Milliseconds from the start of the navigation until the condition holds and its frame is done; and until the
     * country was drawn, where the page marks that (a mark is made after a frame, which is seen with the next one).
     */
    async shown(/** @type {() => boolean} */ condition) {
      while (!condition()) await frame();
      await frameDone();
      const [mark] = performance.getEntriesByName("country drawn");
      return { first: mark ? mark.startTime + FRAME_MS : performance.now(), whole: performance.now() };
    },

    fill(/** @type {Subject} */ { map, bounds }) {
      map.options.zoomSnap = 0;
      map.setView(L.latLngBounds(bounds).getCenter(), map.getBoundsZoom(bounds, true), { animate: false });
    },

    nothing: (count) => each(Array.from({ length: count }), () => {}, 5000),
    days: (/** @type {Subject} */ subject, days, budgetMs) => each(days, subject.setDay, budgetMs),
    sustained,
    pause,

    async views(/** @type {Subject} */ subject, count, budgetMs) {
      const { map, drawn } = subject;
      const [zooms, pans] = [[], []];
      let begin = performance.now();
      for (let k = 0; k < count && performance.now() - begin < budgetMs; k++) {
        zooms.push(await zoom(subject, k % 2 ? -1 : 1));
        await pause(50);
      }
      begin = performance.now();
      await between();
      for (let k = 0; k < count && performance.now() - begin < budgetMs; k++) {
        const before = drawn?.();
        pans.push(await once(() => map.panBy([k % 2 ? -200 : 200, k % 2 ? -100 : 100], { animate: false }),
          () => !drawn || drawn() !== before));
      }
      return { zooms, pans };
    },
  };
})();
