/**
 * The studio's inside: decodes the areas and carries out orders for sheets. It runs in a worker, or in the page.
 *
 * @typedef {ReturnType<typeof shapesOf>} DecodedShapes
 * @typedef {{buffer: ArrayBuffer, header: Pick<import("./payload").Header, "columns" | "degrees_per_unit">}} Packed
 * @typedef {{packed: Packed} | {sheet: number, kind: "areas" | "dots"} | {sheet: number, order: any}} Order
 * @typedef {{sheet: number, answer: any} | {shapes: DecodedShapes}} Answer
 * @typedef {(answer: Answer, transfer?: Transferable[]) => void} Post
 */
import { shapesOf } from "./decode.js";
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
    if ("packed" in message) {
      const decoded = shapesOf(message.packed.buffer, message.packed.header);
      shapes = decoded;
      post({ shapes: decoded });
    } else if ("kind" in message) {
      const { sheet, kind } = message;
      const reply = (/** @type {any} */ answer, /** @type {Transferable[]} */ transfer = []) => post({ sheet, answer }, transfer);
      sheets.set(sheet, kind === "areas" ? new Easel(() => shapes, reply) : new Dots(reply));
    } else sheets.get(message.sheet)?.take(message.order);
  };
}

/** In a worker: take orders as messages. */
export function work() {
  const take = openWorkshop((answer, transfer = []) => self.postMessage(answer, { transfer }));
  self.onmessage = ({ data }) => take(data);
}
