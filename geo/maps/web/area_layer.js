/**
 * The areas as a Leaflet layer. The studio draws them: on a new canvas when the view settles, which takes the place
 * of the old one once it is complete, and on the same canvas when the date changes.
 */
/* global L */

/** Up to this many places, pixels are averages of finer ones where the screen has no fine ones: edges are smooth. */
const FINE_UP_TO = 5000;
const FINE = 2;
const OPACITY = "0.88";

/**
 * Where a canvas lies, and what it shows.
 * @typedef {object} Frame
 * @property {L.Bounds & {min: L.Point, max: L.Point}} bounds layer pixels
 * @property {L.LatLng} center
 * @property {number} zoom
 * @property {number} ratio   pixels of the view for one CSS pixel
 * @property {HTMLCanvasElement} canvas
 */

export class AreaLayer extends L.Renderer {
  /**
   * @param {import("./studio.js").Studio} studio
   * @param {number} areaCount
   * @param {Uint16Array} codes ink number of each place; the caller changes it and then calls `repaint`
   * @param {import("./ink.js").Ink[]} inks
   */
  constructor(studio, areaCount, codes, inks) {
    super({ padding: 0.1, pane: "areas" });
    this._studio = studio;
    this._fine = areaCount <= FINE_UP_TO;
    this._codes = codes;
    this._inks = inks;
    this._order = studio.sheet("areas", (/** @type {import("./easel.js").Reply} */ reply) => this._hear(reply));
  }

  _front = false;
  /** Canvas pixels for one CSS pixel. */
  _ratio = 1;
  /** Orders that were given, and that were carried out. */
  _asked = 0;
  _done = 0;
  /** @type {(() => void)[]} */
  _waiting = [];
  /** @type {{number: number, frame: Frame} | null} the view that is being drawn */
  _next = null;
  /** @type {{ids: Uint32Array, width: number, height: number} | null} place + 1 under each pixel of the canvas, 0 for none */
  _raster = null;
  /**
   * Draw other codes, or the same with other inks.
   * @param {Uint16Array} codes
   * @param {import("./ink.js").Ink[]} inks
   */
  show(codes, inks) {
    [this._codes, this._inks] = [codes, inks];
    this._ask({ codes: codes.slice(), inks });
  }

  /** Whether the line between different holders is drawn. @param {boolean} on */
  setFront(on) {
    this._front = on;
    this._ask({ front: on });
  }

  /**
   * Draw places whose code has changed.
   * @param {number[]} places
   */
  repaint(places) {
    if (!places.length) return;
    const changed = { places: Int32Array.from(places), codes: Uint16Array.from(places, (place) => this._codes[place]) };
    this._ask({ changed }, [changed.places.buffer, changed.codes.buffer]);
  }

  /** Resolves once all that was asked for is on the canvas. @returns {Promise<void>} */
  async drawn() {
    if (this._container && this._done < this._asked) await new Promise((done) => this._waiting.push(() => done(undefined)));
    await new Promise((done) => requestAnimationFrame(done));
  }

  /** @param {Omit<import("./easel.js").Order, "number">} order @param {Transferable[]} [transfer] */
  _ask(order, transfer = []) {
    if (!this._container) return; // everything is ordered again when the layer is added to the map
    this._order({ number: ++this._asked, ...order }, transfer);
  }

  /** @param {import("./easel.js").Reply} reply */
  _hear({ number, raster }) {
    if (!this._container) return;
    this._done = number;
    if (raster && this._next && number >= this._next.number && !this._map._animatingZoom) {
      this._settle(this._next.frame, raster);
      this._next = null;
    }
    if (this._done >= this._asked) for (const done of this._waiting.splice(0)) done();
  }

  /** @override */
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.style.opacity = OPACITY;
    this._ask({ codes: this._codes.slice(), inks: this._inks, front: this._front });
  }

  /** @override */
  _destroyContainer() {
    this._container.remove();
    delete /** @type {Partial<AreaLayer>} */ (this)._container;
    [this._raster, this._next] = [null, null];
  }

  /** @override */
  _reset() {
    this._update();
    this._updateTransform(this._map.getCenter(), this._map.getZoom());
  }

  /** @override @param {L.LatLng} center @param {number} zoom */
  _updateTransform(center, zoom) {
    if (this._raster) super._updateTransform(center, zoom);
  }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._raster) return;
    const { view, phase, ...where } = this._frame();
    const shrink = this._fine && (window.devicePixelRatio || 1) < FINE ? FINE : 1;
    const [canvas, surface, transfer] = this._studio.canvas(view.width / shrink, view.height / shrink);
    this._next = { number: this._asked + 1, frame: { ...where, canvas } };
    this._ask({ look: { canvas: /** @type {any} */ (surface), view, ratio: where.ratio, phase } }, transfer);
  }

  /** Where the canvas is to lie for the map's present view, and what it is to show. */
  _frame() {
    const map = this._map;
    const screen = window.devicePixelRatio || 1;
    const ratio = this._fine ? Math.max(FINE, screen) : screen;
    const padding = this.options.padding ?? 0;
    const min = map.containerPointToLayerPoint(map.getSize().multiplyBy(-padding)).round();
    const bounds = /** @type {Frame["bounds"]} */ (L.bounds(min, min.add(map.getSize().multiplyBy(1 + 2 * padding)).round()));
    const [width, height] = [Math.round(bounds.getSize().x * ratio), Math.round(bounds.getSize().y * ratio)];
    const origin = map.getPixelOrigin().add(min);
    const scale = 256 * 2 ** map.getZoom();
    const view = { width, height, left: origin.x / scale, top: origin.y / scale, scale: scale * ratio };
    const phase = origin.multiplyBy(ratio).round();
    return { bounds, center: map.getCenter(), zoom: map.getZoom(), ratio, phase: { x: phase.x, y: phase.y }, view };
  }

  /**
   * Put a canvas that is complete in the place of the old one.
   * @param {Frame} frame
   * @param {{ids: Uint32Array, width: number, height: number}} raster
   */
  _settle({ bounds, center, zoom, ratio, canvas }, raster) {
    const old = this._container;
    canvas.className = old.className;
    canvas.style.cssText = old.style.cssText;
    canvas.style.width = `${bounds.getSize().x}px`;
    canvas.style.height = `${bounds.getSize().y}px`;
    L.DomUtil.setPosition(canvas, bounds.min);
    old.replaceWith(canvas);
    this._container = canvas;
    [this._bounds, this._center, this._zoom, this._ratio, this._raster] = [bounds, center, zoom, ratio, raster];
    this._updateTransform(this._map.getCenter(), this._map.getZoom());
    this.fire("settle");
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
