/**
 * The pixels of a view that is rasterised finer than the canvas: each is the average of a square of finer ones, so
 * that edges are smooth. Inside a place the averages are those of its pattern; only pixels of the border are worked
 * out one by one.
 */
import { FINE, parted, SQUARE } from "./border.js";
import { makeTiles } from "./ink.js";
import { hasEdges, Pixels } from "./pixels.js";

const OPAQUE = 0xff000000;
/** Every other byte of a colour. */
const BYTES = 0x00ff00ff;
/** A half of SQUARE in each of them: so that dividing rounds. */
const HALVES = 0x00020002;

export class SmoothPixels {
  /**
   * @param {import("./raster.js").Raster} raster the finer one
   * @param {Uint32Array} pixels what is written, as canvas memory has it
   * @param {import("./pixels.js").Manner} manner of the finer pixels
   */
  constructor(raster, pixels, { ratio, phase }) {
    this.pixels = pixels;
    this.edges = hasEdges(raster, ratio);
    this.fine = new Pixels(raster, new Uint32Array(0), { ratio, phase }, null, this.edges ? 4 : 1);
    const { inside, border } = parted(raster, this.edges);
    const coarse = { x: phase.x / FINE, y: phase.y / FINE };
    this.border = border;
    this.inside = new Pixels(inside, pixels, { ratio: ratio / FINE, phase: coarse }, null);
    this.inside.makeTiles = (inks, ratio) => averaged(makeTiles(inks, ratio * FINE));
  }

  /** Where the tiles of each place's ink begin, by place + 1. */
  #begins = new Uint32Array(0);
  /** Where each pixel of the border lies in its tile. */
  #tiles = new Uint16Array(0);

  /**
   * What the next pixels are written with.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  use(codes, inks) {
    const { palette } = this.fine;
    this.fine.use(codes, inks);
    if (this.fine.palette !== palette) this.#tiles = this.#tilesOfBorder();
    this.inside.use(codes, inks);
    this.#begins = this.fine.palette.begins(codes);
  }

  /** Write every pixel. @param {boolean} front whether the line between different holders is drawn */
  writeAll(front) {
    this.inside.writeAll(false);
    const count = this.border.pixels.length;
    if (front) for (let number = 0; number < count; number++) this.#mixWithFront(number);
    else this.#mix(null, 0, count);
  }

  /**
   * Write the places whose code has changed.
   * @param {Int32Array} places
   * @param {boolean} front
   */
  write(places, front) {
    this.inside.write(places, false);
    const { alongStart, along } = this.border;
    for (const place of places) {
      if (!front) this.#mix(along, alongStart[place], alongStart[place + 1]);
      else for (let k = alongStart[place]; k < alongStart[place + 1]; k++) this.#mixAround(along[k]);
    }
  }

  /**
   * Write some pixels of the border.
   * @param {Int32Array | null} along their numbers; without it the numbers are those from `begin` on
   * @param {number} begin
   * @param {number} end
   */
  #mix(along, begin, end) {
    const { pixels, border: { first, edges, pixels: places } } = this;
    const { raster: { ids, width }, palette: { colours, side, square } } = this.fine;
    const begins = this.#begins;
    const tiles = this.#tiles;
    for (let k = begin; k < end; k++) {
      const number = along === null ? k : along[k];
      const at = SQUARE * number;
      const upper = first[number];
      const lower = upper + width;
      const tile = tiles[number];
      const a = colours[begins[ids[upper]] + edges[at] * square + tile];
      const b = colours[begins[ids[upper + 1]] + edges[at + 1] * square + tile + 1];
      const c = colours[begins[ids[lower]] + edges[at + 2] * square + tile + side];
      const d = colours[begins[ids[lower + 1]] + edges[at + 3] * square + tile + side + 1];
      pixels[places[number]] = meanOfFour(a, b, c, d);
    }
  }

  /** Where the border's pixels lie in their tiles: the square of each lies in one, it begins at an even pixel. */
  #tilesOfBorder() {
    const { first } = this.border;
    const { width } = this.fine.raster;
    const tiles = new Uint16Array(first.length);
    for (let number = 0; number < tiles.length; number++) {
      const row = Math.floor(first[number] / width);
      tiles[number] = this.fine.inTile(row, first[number] - row * width);
    }
    return tiles;
  }

  /** The same where fronts are drawn. @param {number} number */
  #mixWithFront(number) {
    const { fine, edges, border: { first, pixels } } = this;
    const [upper, lower] = [first[number], first[number] + fine.raster.width];
    const [a, b, c, d] = [upper, upper + 1, lower, lower + 1].map((pixel) => fine.colourAt(pixel, edges, true));
    this.pixels[pixels[number]] = meanOfFour(a, b, c, d);
  }

  /** The same, and for the pixels beside it, to which a front moves. @param {number} number */
  #mixAround(number) {
    const { slots, pixels } = this.border;
    const across = this.fine.raster.width / FINE;
    const pixel = pixels[number];
    this.#mixWithFront(number);
    for (const next of [pixel - across, pixel - 1, pixel + 1, pixel + across]) if (slots[next]) this.#mixWithFront(slots[next] - 1);
  }
}

/**
 * The average of four colours, as canvas memory has them.
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function meanOfFour(a, b, c, d) {
  if ((a & b & c & d) >>> 24 !== 255) return mean([a, b, c, d]);
  const low = (a & BYTES) + (b & BYTES) + (c & BYTES) + (d & BYTES) + HALVES;
  const high = ((a >>> 8) & BYTES) + ((b >>> 8) & BYTES) + ((c >>> 8) & BYTES) + ((d >>> 8) & BYTES) + HALVES;
  return (((low >>> 2) & BYTES) | (((high >>> 2) & BYTES) << 8) | OPAQUE) >>> 0;
}

/**
 * The average of colours of which some are transparent: those have no colour.
 * @param {number[]} colours
 */
function mean(colours) {
  let [alpha, blue, green, red] = [0, 0, 0, 0];
  for (const colour of colours) {
    const weight = colour >>> 24;
    alpha += weight;
    blue += weight * ((colour >> 16) & 255);
    green += weight * ((colour >> 8) & 255);
    red += weight * (colour & 255);
  }
  if (alpha === 0) return 0;
  const part = (/** @type {number} */ sum) => Math.round(sum / alpha);
  return ((Math.round(alpha / colours.length) << 24) | (part(blue) << 16) | (part(green) << 8) | part(red)) >>> 0;
}

/**
 * Tiles of finer pixels as tiles of the canvas's.
 * @param {ReturnType<typeof makeTiles>} fine
 */
function averaged({ side, tiles }) {
  const across = side / FINE;
  const small = tiles.map(({ plain, kinds }) => ({ plain, kinds: [shrunk(kinds[0], across)] }));
  return { side: across, tiles: small };
}

/** @param {Uint32Array} tile @param {number} across how wide it becomes */
function shrunk(tile, across) {
  const side = FINE * across;
  return Uint32Array.from({ length: across * across }, (_, at) => {
    const first = FINE * ((at % across) + Math.floor(at / across) * side);
    return meanOfFour(tile[first], tile[first + 1], tile[first + side], tile[first + side + 1]);
  });
}
