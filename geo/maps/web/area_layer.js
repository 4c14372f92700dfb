/**
 * The areas as a Leaflet layer. When the view changes, it is drawn on a new canvas, little by little beside other work
 * and already while a zoom moves; complete, it takes the place of the old one. When the date changes, only what
 * changed is drawn, once for a frame.
 */
/* global L */
import { Easel } from "./easel.js";
import { FINE } from "./border.js";

/** Up to this many places edges are smooth where the screen has no fine pixels. */
const FINE_UP_TO = 5000;
const OPACITY = "0.88";
/** How long drawing a new view may hold up a frame of a movement, and other work. */
const MOVING_MS = 8;
const RESTING_MS = 24;

/**
 * Where a canvas lies, and what it shows.
 * @typedef {object} Frame
 * @property {L.Bounds & {min: L.Point, max: L.Point}} bounds layer pixels
 * @property {L.LatLng} center
 * @property {number} zoom
 * @property {Easel} easel
 */

export class AreaLayer extends L.Renderer {
  /**
   * @param {import("./decode.js").MapData} data
   * @param {Uint16Array} codes ink number of each place; the caller changes it and then calls `repaint`
   * @param {import("./ink.js").Ink[]} inks
   */
  constructor(data, codes, inks) {
    super({ padding: 0.1, pane: "areas" });
    this._data = data;
    this._codes = codes;
    this._inks = inks;
  }

  _front = false;
  /** @type {Frame | null} what is seen */
  _now = null;
  /** @type {Frame | null} what is being drawn for a new view */
  _next = null;
  /** Whether the next frame draws what has changed. */
  _asked = false;

  /** The place numbers of what is seen. */
  get _raster() {
    return this._now?.easel.raster ?? null;
  }

  /**
   * Draw other codes, or the same with other inks.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  show(codes, inks) {
    [this._codes, this._inks] = [codes, inks];
    this.repaint("all");
  }

  /** Whether the line between different holders is drawn. @param {boolean} on */
  setFront(on) {
    if (on === this._front) return;
    this._front = on;
    this.repaint("all");
  }

  /**
   * Draw places whose code has changed, in the next frame.
   * @param {ArrayLike<number> | "all"} places
   */
  repaint(places) {
    if (!places.length) return;
    for (const frame of [this._now, this._next]) frame?.easel.mark(places);
    if (this._asked || !this._now) return;
    this._asked = true;
    requestAnimationFrame(() => this._draw());
  }

  _draw() {
    this._asked = false;
    this._now?.easel.draw(this._codes, this._inks, this._front);
  }

  /** Resolves once all that was asked for is on the canvas. @returns {Promise<void>} */
  async drawn() {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    while (this._asked || this._next) await frame();
    await frame();
  }

  /** @override */
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.style.opacity = OPACITY;
  }

  /** @override */
  _destroyContainer() {
    this._container.remove();
    delete /** @type {Partial<AreaLayer>} */ (this)._container;
    [this._now, this._next] = [null, null];
  }

  /** @override */
  _reset() {
    this._update();
    this._updateTransform(this._map.getCenter(), this._map.getZoom());
  }

  /** @override @param {L.LatLng} center @param {number} zoom */
  _updateTransform(center, zoom) {
    if (this._now) super._updateTransform(center, zoom);
  }

  /** A zoom begins to move: what it leads to can be drawn meanwhile. @override @param {{center: L.LatLng, zoom: number}} to */
  _onAnimZoom({ center, zoom }) {
    super._onAnimZoom({ center, zoom });
    this._prepare(center, zoom);
  }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._now) return;
    this._prepare(this._map.getCenter(), this._map.getZoom());
    if (this._next && (!this._now || this._next.easel.advance(0))) this._settle(this._next);
  }

  /**
   * Begin to draw a view, unless it is drawn already.
   * @param {L.LatLng} center
   * @param {number} zoom
   */
  _prepare(center, zoom) {
    const { bounds, look } = this._look(center, zoom);
    const wanted = JSON.stringify(look);
    const same = [this._next, this._now].find((frame) => frame && JSON.stringify(frame.easel.look) === wanted);
    const frame = Object.assign(same ?? { easel: new Easel(this._data, look) }, { bounds, center, zoom });
    if (frame === this._now) {
      this._next = null;
      this._lay(frame);
    } else if (frame !== this._next) {
      this._next = frame;
      if (this._now) this._goOn(frame);
    }
  }

  /** Draw a slice of a new view, and then the next one. @param {Frame} frame */
  _goOn(frame) {
    if (frame !== this._next) return; // another view is asked for meanwhile
    const isMoving = this._map._animatingZoom;
    if (!frame.easel.advance(performance.now() + (isMoving ? MOVING_MS : RESTING_MS))) {
      if (isMoving) requestAnimationFrame(() => this._goOn(frame));
      else setTimeout(() => this._goOn(frame));
    } else {
      frame.easel.draw(this._codes, this._inks, this._front);
      if (!isMoving) this._settle(frame);
    }
  }

  /**
   * Where the canvas is to lie for a view of the map, and what it is to show.
   * @param {L.LatLng} center
   * @param {number} zoom
   */
  _look(center, zoom) {
    const map = this._map;
    const screen = window.devicePixelRatio || 1;
    const isFine = this._data.areaCount <= FINE_UP_TO && screen < FINE;
    const ratio = isFine ? FINE : screen;
    const padding = this.options.padding ?? 0;
    const min = map.containerPointToLayerPoint(map.getSize().multiplyBy(-padding)).round();
    const bounds = /** @type {Frame["bounds"]} */ (L.bounds(min, min.add(map.getSize().multiplyBy(1 + 2 * padding)).round()));
    const [width, height] = [Math.round(bounds.getSize().x * ratio), Math.round(bounds.getSize().y * ratio)];
    const origin = map._getNewPixelOrigin(center, zoom).add(min);
    const scale = 256 * 2 ** zoom;
    const view = { width, height, left: origin.x / scale, top: origin.y / scale, scale: scale * ratio };
    const { x, y } = origin.multiplyBy(ratio).round();
    return { bounds, look: { view, shrink: isFine ? FINE : 1, manner: { ratio, phase: { x, y } } } };
  }

  /** Put a canvas in the place of the old one. @param {Frame} frame */
  _settle(frame) {
    frame.easel.advance(Infinity);
    frame.easel.draw(this._codes, this._inks, this._front);
    const { canvas } = frame.easel;
    canvas.className = this._container.className;
    canvas.style.cssText = this._container.style.cssText;
    this._container.replaceWith(canvas);
    [this._container, this._now, this._next] = [canvas, frame, null];
    this._lay(frame);
    this.fire("settle");
  }

  /** Lay the canvas where it belongs. @param {Frame} frame */
  _lay({ bounds, center, zoom }) {
    const { x: width, y: height } = bounds.getSize();
    Object.assign(this._container.style, { width: `${width}px`, height: `${height}px` });
    L.DomUtil.setPosition(this._container, bounds.min);
    [this._bounds, this._center, this._zoom] = [bounds, center, zoom];
    this._updateTransform(this._map.getCenter(), this._map.getZoom());
  }

  /**
   * The place drawn under a point of the map's container, or -1.
   * @param {L.Point} point CSS pixels from the container's top left
   */
  placeAt(point) {
    const raster = this._raster;
    if (!this._now || !raster) return -1;
    const { ratio } = this._now.easel.look.manner;
    const at = this._map.containerPointToLayerPoint(point).subtract(this._bounds.min).multiplyBy(ratio).floor();
    const { width, height, ids } = raster;
    if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return -1;
    return ids[at.y * width + at.x] - 1;
  }
}
