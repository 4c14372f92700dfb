/** The container that geo/maps/binary.py writes: a header, and columns of whole numbers by planes. */

/** @typedef {{url?: string, base64?: string}} Source where the container is: at an address, or in the page */
/** @typedef {Uint8Array | Int32Array} Numbers from 0 up */
/** @typedef {(name: string) => Numbers} ReadColumn a column, read anew each time */

/**
 * The container, decompressed.
 * @param {Source} source
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpacked({ url, base64 }) {
  const packed = base64 ? new Blob([bytesFromBase64(base64)]).stream() : await fetched(/** @type {string} */ (url));
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`The map's data could not be loaded (${response.status}).`);
  return response.body;
}

/** @param {string} text */
function bytesFromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
const headerLength = (buffer) => new DataView(buffer).getUint32(0, true);

/**
 * What stands before the columns.
 * @param {ArrayBuffer} buffer
 * @returns {import("./payload").Header}
 */
export function headerOf(buffer) {
  return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength(buffer))));
}

/**
 * Reads columns by name.
 * @param {ArrayBuffer} buffer
 * @param {Pick<import("./payload").Header, "columns">} header
 * @returns {ReadColumn}
 */
export function columnsOf(buffer, header) {
  /** @type {Map<string, [offset: number, count: number, planes: number]>} */
  const columns = new Map();
  let offset = 4 + headerLength(buffer);
  for (const [name, count, planes] of header.columns) {
    columns.set(name, [offset, count, planes]);
    offset += count * planes;
  }
  return (name) => {
    const [at, count, planes] = /** @type {[number, number, number]} */ (columns.get(name));
    return readPlanes(buffer, at, count, planes);
  };
}

/**
 * Numbers from their bytes: the lowest byte of each, then the next byte of each.
 * @param {ArrayBuffer} buffer
 * @param {number} at where they begin
 * @param {number} count
 * @param {number} planes
 * @returns {Numbers}
 */
function readPlanes(buffer, at, count, planes) {
  const lowest = new Uint8Array(buffer, at, count);
  if (planes === 1) return lowest.slice(); // not to hold the whole container
  const out = new Int32Array(lowest);
  for (let plane = 1; plane < planes; plane++) addPlane(out, buffer.slice(at + plane * count, at + (plane + 1) * count), 8 * plane);
  return out;
}

/**
 * Add a higher byte of each number. These are nearly all zero, and are looked at by fours.
 * @param {Int32Array} out
 * @param {ArrayBuffer} plane
 * @param {number} shift bits
 */
function addPlane(out, plane, shift) {
  const bytes = new Uint8Array(plane);
  const fours = new Uint32Array(plane, 0, bytes.length >> 2);
  for (let k = 0; k < fours.length; k++) {
    if (fours[k] !== 0) for (let i = 4 * k; i < 4 * k + 4; i++) out[i] |= bytes[i] << shift;
  }
  for (let i = 4 * fours.length; i < bytes.length; i++) out[i] |= bytes[i] << shift;
}

/** @param {ArrayLike<number>} counts */
export function cumulative(counts) {
  const out = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) out[i + 1] = out[i] + counts[i];
  return out;
}

/** @param {number} value */
export const unzigzag = (value) => (value >>> 1) ^ -(value & 1);
