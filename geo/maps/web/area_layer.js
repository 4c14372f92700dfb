/**
 * The areas as a Leaflet layer: place numbers are rasterised when the view settles, and a change of
 * date repaints only the pixel runs of the places that changed.
 */
/* global L */
import { makeTiles } from "./ink.js";
import { rasterise } from "./raster.js";

/** Above this many places edges are drawn at the screen's own resolution instead of twice as fine. */
const FINE_UP_TO = 5000;

export const AreaLayer = L.Renderer.extend({
  options: { padding: 0.1, pane: "areas" },

  /**
   * @param {import("./decode.js").MapData} data
   * @param {import("./timeline.js").Timeline} timeline
   */
  initialize(data, timeline) {
    L.Renderer.prototype.initialize.call(this, {});
    this.data = data;
    this.timeline = timeline;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const screen = window.devicePixelRatio || 1;
    const ratio = this.data.areaCount <= FINE_UP_TO ? Math.max(2, screen) : screen;
    const size = this._bounds.getSize();
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const canvas = this._container;
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      this._image = this._context.createImageData(width, height);
      this._pixels = new Uint32Array(this._image.data.buffer);
    }
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    if (this._ratio !== ratio) this._tiles = makeTiles(this.data.header.states, this.data.header.actors, ratio);
    this._ratio = ratio;
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const scale = 256 * 2 ** this._map.getZoom();
    this._phase = origin.multiplyBy(ratio).round();
    this._raster = rasterise(this.data, width, height, origin.x / scale, origin.y / scale, scale * ratio);
    this._paintAll();
  },

  _paintAll() {
    this._pixels.fill(0);
    for (let place = 0; place < this.data.areaCount; place++) this._paint(place);
    this._context.putImageData(this._image, 0, 0);
  },

  /**
   * Repaint the places that a change of date touched.
   * @param {number[]} places
   */
  repaint(places) {
    if (!this._raster || !places.length) return;
    let [west, north, east, south] = [Infinity, Infinity, -1, -1];
    for (const place of places) {
      const box = this._paint(place);
      [west, north] = [Math.min(west, box[0]), Math.min(north, box[1])];
      [east, south] = [Math.max(east, box[2]), Math.max(south, box[3])];
    }
    if (east >= west) this._context.putImageData(this._image, 0, 0, west, north, east - west + 1, south - north + 1);
  },

  /**
   * Write one place's runs in the ink of its state.
   * @param {number} place
   * @returns {[number, number, number, number]} west, north, east, south of what was written
   */
  _paint(place) {
    const { ids, edges, runStart, runPixel, runLength, width } = this._raster;
    const { side, tiles } = this._tiles;
    const ink = tiles[this.timeline.state[place]];
    const id = place + 1;
    let [west, east] = [Infinity, -1];
    const [first, end] = [runStart[place], runStart[place + 1]];
    for (let run = first; run < end; run++) {
      const start = runPixel[run];
      const column = start % width;
      const tileRow = ((((start - column) / width + this._phase.y) % side) + side) % side;
      let tileColumn = (((column + this._phase.x) % side) + side) % side;
      for (let pixel = start; pixel < start + runLength[run]; pixel++) {
        if (ids[pixel] === id) this._pixels[pixel] = ink[edges[pixel]][tileRow * side + tileColumn];
        if (++tileColumn === side) tileColumn = 0;
      }
      west = Math.min(west, column);
      east = Math.max(east, column + runLength[run] - 1);
    }
    if (first === end) return [Infinity, Infinity, -1, -1];
    return [west, Math.floor(runPixel[first] / width), east, Math.floor(runPixel[end - 1] / width)];
  },

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
  },
});
