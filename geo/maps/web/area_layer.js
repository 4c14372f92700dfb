/**
 * The areas as a Leaflet layer: place numbers are rasterised when the view settles, and a change of
 * date repaints only the pixel runs of the places that changed.
 */
/* global L */
import { makeTiles } from "./ink.js";
import { edgesOf, rasterise } from "./raster.js";
import { RasterWorker } from "./raster_worker.js";

/** Above this many places edges are drawn at the screen's own resolution instead of twice as fine. */
const FINE_UP_TO = 5000;
/** Edges between areas are drawn where an area has at least this many CSS pixels on average. */
const EDGES_FROM_PX = 300;
/** Above this many places one large picture is sent to the canvas instead of many small ones. */
const MANY = 1500;
const OPACITY = "0.88";
const FRONT = 0xff2a1a12; // alpha, blue, green, red

/** A front has two known holders. @param {number} holder @param {number} other */
const isFront = (holder, other) => holder >= 0 && other >= 0 && holder !== other;

export class AreaLayer extends L.Renderer {
  /**
   * @param {import("./decode.js").MapData} data
   * @param {Uint16Array} codes ink number of each place; the caller changes it and then calls `repaint`
   * @param {import("./ink.js").Ink[]} inks
   */
  constructor(data, codes, inks) {
    super({ padding: 0.1, pane: "areas" });
    this.data = data;
    this._codes = codes;
    this._inks = inks;
    this._front = false;
    this._ratio = 0;
  }

  /** What is on the canvas: the rasterised view, its pixels, and where it lies. @type {any} */
  _raster;
  /** @type {any} */
  _context;
  /** @type {any} */
  _image;
  /** @type {Uint32Array} */
  _pixels = new Uint32Array(0);
  /** @type {Uint8Array | null} */
  _edges = null;
  /** @type {any} */
  _tiles;
  /** @type {any} */
  _phase;
  /** @type {RasterWorker | undefined} */
  _worker;

  /**
   * Draw other codes, or the same with other inks.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  show(codes, inks) {
    if (this._raster && inks !== this._inks) this._tiles = makeTiles(inks, this._ratio);
    [this._codes, this._inks] = [codes, inks];
    if (this._raster) this._paintAll();
  }

  /** Whether the line between different holders is drawn. @param {boolean} on */
  setFront(on) {
    this._front = on;
    if (this._raster) this._paintAll();
  }

  /** @override */
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._container.style.opacity = OPACITY;
    this._context = this._container.getContext("2d");
  }

  /** @override */
  _destroyContainer() {
    this._worker?.stop();
    this._container.remove();
    delete this._worker;
    delete /** @type {Partial<AreaLayer>} */ (this)._container;
    delete this._raster;
  }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    const frame = this._frame();
    if (!this._raster || this.data.areaCount <= FINE_UP_TO || this._worker?.broken) {
      this._settle(frame, rasterise(this.data, frame.view));
      return;
    }
    this._worker ??= new RasterWorker(this.data);
    this._worker.onBroken = () => this._update();
    this._worker.ask(frame.view, (/** @type {import("./raster.js").Raster} */ raster) => this._map && this._settle(frame, raster));
  }

  /** Where the canvas is to lie for the map's present view, and what it is to show. */
  _frame() {
    const map = this._map;
    const screen = window.devicePixelRatio || 1;
    const ratio = this.data.areaCount <= FINE_UP_TO ? Math.max(2, screen) : screen;
    const padding = this.options.padding ?? 0;
    const min = map.containerPointToLayerPoint(map.getSize().multiplyBy(-padding)).round();
    const bounds = L.bounds(min, min.add(map.getSize().multiplyBy(1 + 2 * padding)).round());
    const [width, height] = [Math.round(bounds.getSize().x * ratio), Math.round(bounds.getSize().y * ratio)];
    const origin = map.getPixelOrigin().add(min);
    const scale = 256 * 2 ** map.getZoom();
    const view = { width, height, left: origin.x / scale, top: origin.y / scale, scale: scale * ratio };
    return { bounds, center: map.getCenter(), zoom: map.getZoom(), ratio, phase: origin.multiplyBy(ratio).round(), view };
  }

  /**
   * Put a rasterised view onto the canvas.
   * @param {any} frame as `_frame` returns it
   * @param {import("./raster.js").Raster} raster
   */
  _settle({ bounds, center, zoom, ratio, phase, view }, raster) {
    const canvas = this._container;
    if (canvas.width !== view.width || canvas.height !== view.height) {
      [canvas.width, canvas.height] = [view.width, view.height];
      this._image = this._context.createImageData(view.width, view.height);
      this._pixels = new Uint32Array(this._image.data.buffer);
    }
    canvas.style.width = `${bounds.getSize().x}px`;
    canvas.style.height = `${bounds.getSize().y}px`;
    L.DomUtil.setPosition(canvas, bounds.min);
    [this._bounds, this._center, this._zoom] = [bounds, center, zoom];
    if (this._ratio !== ratio) this._tiles = makeTiles(this._inks, ratio);
    [this._ratio, this._phase, this._raster] = [ratio, phase, raster];
    const areasAreLarge = raster.filled > EDGES_FROM_PX * ratio * ratio * raster.drawn.length;
    this._edges = areasAreLarge ? edgesOf(raster) : null;
    this._paintAll();
  }

  _paintAll() {
    this._fillAll();
    if (this._front) this._frontAll();
    this._context.putImageData(this._image, 0, 0);
  }

  /** Write every pixel, run by run of equal place numbers. */
  _fillAll() {
    const { ids, width, height } = this._raster;
    for (let row = 0, pixel = 0; row < height; row++) {
      for (const rowEnd = pixel + width; pixel < rowEnd; ) {
        const [start, id] = [pixel, ids[pixel]];
        while (pixel < rowEnd && ids[pixel] === id) pixel++;
        if (id === 0) this._pixels.fill(0, start, pixel);
        else this._fill(this._tiles.tiles[this._codes[id - 1]], start, pixel);
      }
    }
  }

  /**
   * Write pixels of one row in an ink.
   * @param {{plain: number, kinds: Uint32Array[]}} ink
   * @param {number} start
   * @param {number} end
   */
  _fill({ plain, kinds }, start, end) {
    const [pixels, edges] = [this._pixels, this._edges];
    if (plain && !edges) {
      for (let pixel = start; pixel < end; pixel++) pixels[pixel] = plain;
      return;
    }
    const { side } = this._tiles;
    const { width } = this._raster;
    const column = start % width;
    const tileRow = side * (((((start - column) / width + this._phase.y) % side) + side) % side);
    let tileColumn = (((column + this._phase.x) % side) + side) % side;
    for (let pixel = start; pixel < end; pixel++) {
      pixels[pixel] = kinds[edges ? edges[pixel] : 0][tileRow + tileColumn];
      if (++tileColumn === side) tileColumn = 0;
    }
  }

  /** Write the front: both pixels wherever two neighbours belong to different holders. */
  _frontAll() {
    const { ids, width, height } = this._raster;
    const [pixels, holders] = [this._pixels, this._holders()];
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const id = ids[pixel];
        if (id === 0) continue;
        const right = column + 1 < width ? ids[pixel + 1] : 0;
        const below = row + 1 < height ? ids[pixel + width] : 0;
        if (right && right !== id && isFront(holders[id - 1], holders[right - 1])) pixels[pixel] = pixels[pixel + 1] = FRONT;
        if (below && below !== id && isFront(holders[id - 1], holders[below - 1])) pixels[pixel] = pixels[pixel + width] = FRONT;
      }
    }
  }

  /** The holder of each place. */
  _holders() {
    const ofInk = Int16Array.from(this._inks, (/** @type {import("./ink.js").Ink} */ ink) => ink.holder);
    return Int16Array.from(this._codes, (code) => ofInk[code]);
  }

  /**
   * Repaint places whose code has changed.
   * @param {number[]} places
   */
  repaint(places) {
    const raster = this._raster;
    if (!raster) return;
    const seen = places.filter((place) => raster.runStart[place + 1] > raster.runStart[place]);
    if (seen.length > MANY) return this._paintAll();
    for (const place of seen) this._paint(place);
    if (this._front) for (const place of seen) this._paintFront(place);
    for (const place of seen) this._send(place);
  }

  /** Send a place's box of pixels, one wider all round, to the canvas. @param {number} place */
  _send(place) {
    const { runStart, runPixel, runLength, width } = this._raster;
    const [first, end] = [runStart[place], runStart[place + 1]];
    const north = Math.floor(runPixel[first] / width);
    const south = Math.floor(runPixel[end - 1] / width);
    let [west, east] = [width, 0];
    for (let run = first; run < end; run++) {
      const column = runPixel[run] % width;
      if (column < west) west = column;
      if (column + runLength[run] > east) east = column + runLength[run];
    }
    this._context.putImageData(this._image, 0, 0, west - 1, north - 1, east - west + 2, south - north + 3);
  }

  /** Write one place's runs in its ink, but for pixels that another place lies over. @param {number} place */
  _paint(place) {
    const { ids, runStart, runPixel, runLength } = this._raster;
    const ink = this._tiles.tiles[this._codes[place]];
    const id = place + 1;
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      const end = runPixel[run] + runLength[run];
      for (let pixel = runPixel[run]; pixel < end; pixel++) {
        const start = pixel;
        while (pixel < end && ids[pixel] === id) pixel++;
        if (start < pixel) this._fill(ink, start, pixel);
      }
    }
  }

  /**
   * Draw the front along one place's rim, and set its neighbours' rims right again.
   * @param {number} place
   */
  _paintFront(place) {
    const { ids, runStart, runPixel, runLength, width } = this._raster;
    const id = place + 1;
    for (let run = runStart[place]; run < runStart[place + 1]; run++) {
      for (let pixel = runPixel[run]; pixel < runPixel[run] + runLength[run]; pixel++) {
        if (ids[pixel] !== id) continue;
        if (this._isFront(pixel)) this._pixels[pixel] = FRONT;
        for (const next of [pixel - width, pixel - 1, pixel + 1, pixel + width]) {
          if (ids[next] && ids[next] !== id) this._pixels[next] = this._isFront(next) ? FRONT : this._inkAt(next);
        }
      }
    }
  }

  /** Whether a pixel touches ground of another holder. @param {number} pixel */
  _isFront(pixel) {
    const { width, height } = this._raster;
    const column = pixel % width;
    const differs = (/** @type {number} */ next) => isFront(holder, this._holderAt(next));
    const holder = this._holderAt(pixel);
    return (
      (column + 1 < width && this._isPlace(pixel + 1) && differs(pixel + 1)) ||
      (column > 0 && this._isPlace(pixel - 1) && differs(pixel - 1)) ||
      (pixel + width < width * height && this._isPlace(pixel + width) && differs(pixel + width)) ||
      (pixel >= width && this._isPlace(pixel - width) && differs(pixel - width))
    );
  }

  /** @param {number} pixel */
  _isPlace(pixel) {
    return this._raster.ids[pixel] > 0;
  }

  /** @param {number} pixel that belongs to a place */
  _holderAt(pixel) {
    return this._inks[this._codes[this._raster.ids[pixel] - 1]].holder;
  }

  /** The colour of a pixel without the front. @param {number} pixel */
  _inkAt(pixel) {
    const { ids, width } = this._raster;
    const { side, tiles } = this._tiles;
    const column = pixel % width;
    const tileRow = ((((pixel - column) / width + this._phase.y) % side) + side) % side;
    const tileColumn = (((column + this._phase.x) % side) + side) % side;
    return tiles[this._codes[ids[pixel] - 1]].kinds[this._edges ? this._edges[pixel] : 0][tileRow * side + tileColumn];
  }

  /**
   * The place drawn under a point of the map's container, or -1.
   * @param {L.Point} point CSS pixels from the container's top left
   */
  placeAt(point) {
    if (!this._raster) return -1;
    const at = this._map.containerPointToLayerPoint(point).subtract(this._bounds.min).multiplyBy(this._ratio).floor();
    const { width, height, ids } = this._raster;
    if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return -1;
    return ids[at.y * width + at.x] - 1;
  }
}
