/**
 * Rasterises beside the page: a country of tens of thousands of places must not hold up a gesture.
 * The worker runs raster.js itself, which listens where there is no document.
 */
import { SOURCE } from "./raster.js";

export class RasterWorker {
  /** @param {import("./raster.js").Shapes} shapes */
  constructor({ areaCount, areaRings, ringStart, x, y }) {
    this.worker = new Worker(SOURCE, { type: "module" });
    this.worker.onmessage = ({ data }) => this.#answer(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.broken = true;
      this.worker.terminate();
      this.onBroken?.();
    };
    this.worker.postMessage({ shapes: { areaCount, areaRings, ringStart, x, y } });
  }

  broken = false;
  #asked = 0;
  /** @type {((raster: import("./raster.js").Raster) => void) | undefined} */
  #done;
  /** @type {(() => void) | undefined} called when the browser does not let the worker run */
  onBroken;

  /**
   * Rasterise a view; only the newest question is answered.
   * @param {import("./raster.js").View} view
   * @param {(raster: import("./raster.js").Raster) => void} done
   */
  ask(view, done) {
    this.#done = done;
    this.worker.postMessage({ view, number: ++this.#asked });
  }

  /** @param {{raster: import("./raster.js").Raster, number: number}} answer */
  #answer({ raster, number }) {
    if (number === this.#asked) this.#done?.(raster);
  }

  stop() {
    this.worker.terminate();
  }
}
