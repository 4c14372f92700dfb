/**
 * The studio's inside: decodes the data and carries out orders for sheets. It runs in a worker, or in the page.
 *
 * @typedef {{load: import("./decode.js").Source} | {sheet: number, kind: "areas" | "dots"} | {sheet: number, order: any}} Order
 * @typedef {Omit<import("./decode.js").MapData, "header"> & {places: Record<string, Float64Array>}} Arrays
 *   MapData without its header, but for the columns of header.places that are decoded
 * @typedef {{sheet: number, answer: any} | {header: Uint8Array} | {data: Arrays} | {failure: string}} Answer
 * @typedef {(answer: Answer, transfer?: Transferable[]) => void} Post
 */
import { decode, headerBytes, unpacked } from "./decode.js";
import { Dots } from "./dots.js";
import { Easel } from "./easel.js";

/**
 * @param {Post} post
 * @returns {(order: Order) => void}
 */
export function openWorkshop(post) {
  /** @type {import("./raster.js").Shapes} */
  let shapes;
  /** @type {Map<number, {take: (order: any) => void}>} */
  const sheets = new Map();
  return (message) => {
    if ("load" in message) load(message.load).catch((error) => post({ failure: String(error) }));
    else if ("kind" in message) {
      const { sheet, kind } = message;
      const reply = (/** @type {any} */ answer, /** @type {Transferable[]} */ transfer = []) => post({ sheet, answer }, transfer);
      sheets.set(sheet, kind === "areas" ? new Easel(() => shapes, reply) : new Dots(reply));
    } else sheets.get(message.sheet)?.take(message.order);
  };

  /** @param {import("./decode.js").Source} source */
  async function load(source) {
    const buffer = await unpacked(source);
    post({ header: headerBytes(buffer).slice() });
    const { header, readings, ...kept } = decode(buffer);
    const { longitude, latitude, area_km2 } = header.places;
    const given = [longitude, latitude, area_km2, ...Object.values(readings).flatMap((intervals) => Object.values(intervals))];
    shapes = kept;
    post({ data: { ...kept, readings, places: { longitude, latitude, area_km2 } } }, [...new Set(given.map((array) => array.buffer))]);
  }
}

/** In a worker: take orders as messages. */
export function work() {
  const take = openWorkshop((answer, transfer = []) => self.postMessage(answer, { transfer }));
  self.onmessage = ({ data }) => take(data);
}
