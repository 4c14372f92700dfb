/**
 * Where the data is decoded and pictures are made: in a worker beside the page, so that neither a gesture nor a step
 * waits for them. Where the browser lets no worker run or draw, the same is done in the page.
 *
 * @typedef {import("./workshop.js").Answer} Answer
 * @typedef {(answer: any) => void} Listener
 */
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
        this.#fail(new Error(event.message));
      };
    }
  }

  #send;
  #sheets = 0;
  /** @type {Map<number, Listener>} */
  #listeners = new Map();
  /** @type {any} header of MapData */
  #header;
  /** @type {{done: (data: import("./decode.js").MapData) => void, failed: (error: Error) => void} | undefined} */
  #loading;

  /**
   * The map's data; its shapes stay in the studio too.
   * @param {import("./decode.js").Source} source
   * @returns {Promise<import("./decode.js").MapData>}
   */
  load({ url, base64 }) {
    const absolute = url === undefined ? undefined : new URL(url, document.baseURI).href;
    this.#send({ load: { url: absolute, base64 } }, []);
    return new Promise((done, failed) => (this.#loading = { done, failed }));
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
    else if ("header" in answer) this.#header = JSON.parse(new TextDecoder().decode(answer.header));
    else if ("failure" in answer) this.#fail(new Error(answer.failure));
    else {
      const { places, ...arrays } = answer.data;
      Object.assign(this.#header.places, places);
      this.#loading?.done({ header: this.#header, ...arrays });
      this.#loading = undefined;
    }
  }

  /** @param {Error} error */
  #fail(error) {
    this.#loading?.failed(error);
    this.#loading = undefined;
  }
}

/**
 * A studio with the map's data in it.
 * @param {import("./decode.js").Source} source
 */
export async function openStudio(source) {
  let studio = new Studio();
  const loading = studio.load(source).catch((error) => {
    if (!studio.beside) throw error;
    studio = new Studio(false);
    return studio.load(source);
  });
  const data = await loading;
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
