/**
 * Where the data is decoded and pictures are made: in a worker beside the page, so that neither a gesture nor a step
 * waits for them. Where the browser lets no worker run or draw, the same is done in the page.
 *
 * @typedef {import("./workshop.js").Answer} Answer
 * @typedef {(answer: any) => void} Listener
 */
import { headerOf, mapData, readingsOf, unpacked } from "./decode.js";
import { changesByDay } from "./timeline.js";
import { openWorkshop } from "./workshop.js";

/** The id of the script element that holds our modules (geo/maps/bundle.py): a worker is started from its text. */
const MODULES = "holdline-modules";

export class Studio {
  /** @param {boolean} beside whether to try a worker */
  constructor(beside = true) {
    const worker = beside && canDrawBeside() ? startWorker() : null;
    /** Whether pictures are made beside the page. */
    this.beside = worker !== null;
    const here = worker ? null : openWorkshop((answer) => this.#hear(answer));
    this.#send = (/** @type {import("./workshop.js").Order} */ order, /** @type {Transferable[]} */ transfer) =>
      worker ? worker.postMessage(order, transfer) : here?.(order);
    if (worker) {
      worker.onmessage = ({ data }) => this.#hear(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.#failure = new Error(event.message);
        this.#decoding?.failed(this.#failure);
      };
    }
  }

  #send;
  #sheets = 0;
  /** @type {Error | undefined} */
  #failure;
  /** @type {Map<number, Listener>} */
  #listeners = new Map();
  /** @type {{done: (shapes: import("./workshop.js").DecodedShapes) => void, failed: (error: Error) => void} | undefined} */
  #decoding;

  /**
   * The areas of a container; they stay in the studio too.
   * @param {import("./workshop.js").Packed} packed
   * @returns {Promise<import("./workshop.js").DecodedShapes>}
   */
  decode(packed) {
    return new Promise((done, failed) => {
      if (this.#failure) failed(this.#failure);
      this.#decoding = { done, failed };
      this.#send({ packed }, []);
    });
  }

  /**
   * A new sheet to draw on, with who hears when a drawing is done; the function sends it orders.
   * @param {"areas" | "dots"} kind
   * @param {Listener} listener
   * @returns {(order: Record<string, any>, transfer?: Transferable[]) => void}
   */
  sheet(kind, listener) {
    const sheet = ++this.#sheets;
    this.#listeners.set(sheet, listener);
    this.#send({ sheet, kind }, []);
    return (order, transfer = []) => this.#send({ sheet, order }, transfer);
  }

  /**
   * A canvas as large as a drawing, and what is sent to the studio to draw on it.
   * @param {number} width
   * @param {number} height
   * @returns {[HTMLCanvasElement, HTMLCanvasElement | OffscreenCanvas, Transferable[]]}
   */
  canvas(width, height) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    canvas.setAttribute("aria-hidden", "true");
    if (!this.beside) return [canvas, canvas, []];
    const surface = canvas.transferControlToOffscreen();
    return [canvas, surface, [surface]];
  }

  /** @param {Answer} answer */
  #hear(answer) {
    if ("sheet" in answer) this.#listeners.get(answer.sheet)?.(answer.answer);
    else this.#decoding?.done(answer.shapes);
  }
}

/**
 * A studio, and the map's data. While the worker starts, the page fetches; while it decodes areas, the page decodes
 * the rest.
 * @param {import("./decode.js").Source} source
 */
export async function openStudio(source) {
  const loading = unpacked(source);
  let studio = new Studio();
  const buffer = await loading;
  const header = headerOf(buffer);
  const packed = { buffer, header: { columns: header.columns, degrees_per_unit: header.degrees_per_unit } };
  const decoding = studio.decode(packed).catch((error) => {
    if (!studio.beside) throw error;
    studio = new Studio(false); // the browser forbids the worker after all
    return studio.decode(packed);
  });
  const readings = readingsOf(buffer, header);
  changesByDay(readings.doubt, header.day_count); // needed next, and there is time now
  const data = mapData(header, readings, await decoding);
  return { studio, data };
}

function canDrawBeside() {
  return typeof Worker === "function" && "transferControlToOffscreen" in HTMLCanvasElement.prototype;
}

/** Null where the browser forbids it. */
function startWorker() {
  const modules = document.getElementById(MODULES)?.textContent;
  if (!modules) return null;
  const address = URL.createObjectURL(new Blob([modules, `holdlineModule("workshop.js").work();`], { type: "text/javascript" }));
  try {
    return new Worker(address);
  } catch {
    return null;
  }
}
