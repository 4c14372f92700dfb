/**
 * The pixels of a view that is rasterised finer than the canvas: each is the average of a square of finer ones, so
 * that edges are smooth. Inside a place the averages are those of its pattern; only pixels near a border are worked
 * out one by one.
 */
import { makeTiles } from "./ink.js";
import { hasEdges, Pixels } from "./pixels.js";

/** Finer pixels for one of the canvas, either way. */
export const FINE = 2;

export class SmoothPixels {
  /**
   * @param {import("./raster.js").Raster} raster the finer one
   * @param {Uint32Array} pixels what is written, as canvas memory has it
   * @param {import("./pixels.js").Manner} manner of the finer pixels
   */
  constructor(raster, pixels, { ratio, phase }) {
    this.pixels = pixels;
    this.edges = hasEdges(raster, ratio);
    this.fine = new Pixels(raster, new Uint32Array(0), { ratio, phase }, null);
    const { inside, border } = parted(raster);
    const coarse = { x: phase.x / FINE, y: phase.y / FINE };
    this.border = border;
    this.inside = new Pixels(inside, pixels, { ratio: ratio / FINE, phase: coarse }, null);
    this.inside.makeTiles = (inks, ratio) => averaged(makeTiles(inks, ratio * FINE));
  }

  /**
   * What the next pixels are written with.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  use(codes, inks) {
    this.fine.use(codes, inks);
    this.inside.use(codes, inks);
  }

  /** Write every pixel. @param {boolean} front whether the line between different holders is drawn */
  writeAll(front) {
    this.inside.writeAll(false);
    for (let pixel = 0; pixel < this.border.length; pixel++) if (this.border[pixel]) this.#mix(pixel, front);
  }

  /**
   * Write the places whose code has changed.
   * @param {number[]} places
   * @param {boolean} front
   */
  write(places, front) {
    this.inside.write(places, false);
    for (const place of places) this.#mixAlong(place, front);
  }

  /** Whether any of a place is in the view. @param {number} place */
  has(place) {
    return this.fine.has(place);
  }

  /**
   * The box of a place that is in the view, one pixel wider all round.
   * @param {number} place
   * @returns {import("./screen.js").Box}
   */
  boxOf(place) {
    const { left, top, width, height } = this.fine.boxOf(place);
    const [west, north] = [Math.floor(left / FINE), Math.floor(top / FINE)];
    const [east, south] = [Math.ceil((left + width) / FINE), Math.ceil((top + height) / FINE)];
    return { left: west, top: north, width: east - west, height: south - north };
  }

  /** Write the pixels along a place's border. @param {number} place @param {boolean} front */
  #mixAlong(place, front) {
    const { runStart, runPixel, runLength, width } = this.fine.raster;
    const across = width / FINE;
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      const [row, column] = [Math.floor(runPixel[run] / width), runPixel[run] % width];
      const start = Math.floor(row / FINE) * across;
      const last = start + Math.floor((column + runLength[run] - 1) / FINE);
      for (let pixel = start + Math.floor(column / FINE); pixel <= last; pixel++) {
        if (!this.border[pixel]) continue;
        this.#mix(pixel, front);
        if (front) for (const next of [pixel - across, pixel - 1, pixel + 1, pixel + across]) if (this.border[next]) this.#mix(next, front);
      }
    }
  }

  /** Write the average of one pixel's finer ones. @param {number} pixel @param {boolean} front */
  #mix(pixel, front) {
    const { fine } = this;
    const { width } = fine.raster;
    const across = width / FINE;
    const first = (pixel % across) * FINE + Math.floor(pixel / across) * FINE * width;
    for (let y = 0, k = 0; y < FINE; y++) for (let x = 0; x < FINE; x++, k++) SQUARE[k] = fine.colourAt(first + y * width + x, this.edges, front);
    this.pixels[pixel] = mean(SQUARE);
  }
}

/** The colours of one square. */
const SQUARE = new Uint32Array(FINE * FINE);

/**
 * The average of colours, as canvas memory has them; what is transparent has no colour.
 * @param {Uint32Array} colours
 */
function mean(colours) {
  let [differs, alpha, blue, green, red] = [false, 0, 0, 0, 0];
  for (let k = 0; k < colours.length; k++) {
    const colour = colours[k];
    const weight = colour >>> 24;
    differs ||= colour !== colours[0];
    alpha += weight;
    blue += weight * ((colour >> 16) & 255);
    green += weight * ((colour >> 8) & 255);
    red += weight * (colour & 255);
  }
  if (!differs) return colours[0];
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
  return Uint32Array.from({ length: across * across }, (_, at) => {
    const first = (at % across) * FINE + Math.floor(at / across) * FINE * across * FINE;
    SQUARE.forEach((_, k) => (SQUARE[k] = tile[first + (k % FINE) + Math.floor(k / FINE) * across * FINE]));
    return mean(SQUARE);
  });
}

/**
 * The pixels of the canvas: those that lie in one place, as do the finer pixels beside them, as a raster of their own;
 * and 1 for each of the others, which are the border.
 * @param {import("./raster.js").Raster} raster
 * @returns {{inside: import("./raster.js").Raster, border: Uint8Array}}
 */
function parted(raster) {
  const { ids } = raster;
  const [width, height] = [raster.width / FINE, raster.height / FINE];
  const [places, border] = [new Uint32Array(width * height), new Uint8Array(width * height)];
  for (let row = 0, pixel = 0; row < height; row++) {
    let at = row * FINE * raster.width;
    for (let column = 0; column < width; column++, pixel++, at += FINE) {
      const [id, under] = [ids[at], at + raster.width];
      let isInside = ids[at + 1] === id && ids[under] === id && ids[under + 1] === id;
      if (column + 1 < width && (ids[at + 2] !== ids[at + 1] || ids[under + 2] !== ids[under + 1])) {
        isInside = false;
        border[pixel + 1] = 1;
      }
      const below = under + raster.width;
      if (row + 1 < height && (ids[below] !== ids[under] || ids[below + 1] !== ids[under + 1])) {
        isInside = false;
        border[pixel + width] = 1;
      }
      if (!isInside) border[pixel] = 1;
      else if (!border[pixel]) places[pixel] = id;
    }
  }
  return { inside: { ...raster, width, height, ids: places, ...runsInside(raster) }, border };
}

/**
 * Runs of the canvas's pixels that lie in a place from edge to edge.
 * @param {import("./raster.js").Raster} raster
 */
function runsInside({ runStart, runPixel, runLength, width }) {
  const starts = new Int32Array(runStart.length);
  const [pixels, lengths] = [new Int32Array(runPixel.length), new Int32Array(runPixel.length)];
  let count = 0;
  for (let place = 0; place + 1 < runStart.length; place++) {
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      const [row, column] = [Math.floor(runPixel[run] / width), runPixel[run] % width];
      const [from, to] = [Math.ceil(column / FINE), Math.floor((column + runLength[run]) / FINE)];
      if (row % FINE !== 0 || from >= to) continue;
      pixels[count] = ((row / FINE) * width) / FINE + from;
      lengths[count++] = to - from;
    }
    starts[place + 1] = count;
  }
  return { runStart: starts, runPixel: pixels, runLength: lengths };
}
