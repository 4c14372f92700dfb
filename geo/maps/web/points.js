/**
 * Points at the places that change on the current day, in the colour of the side that gains; a small open ring
 * where the day is only the first on which the change is possible. The studio draws them all on one canvas.
 */
/* global L */

const REACH_PX = 9;
const PADDING = 0.1;
const NOBODY = "#9ca0a4";

/** @typedef {{place: number, after: number}} Point */

export class PointLayer extends L.Layer {
  /**
   * @param {import("./studio.js").Studio} studio
   * @param {import("./decode.js").MapData} data
   */
  constructor(studio, data) {
    super();
    L.setOptions(this, { pane: "changes" });
    this.header = data.header;
    this.studio = studio;
    this.order = studio.sheet("dots", (/** @type {{number: number}} */ { number }) => this.#settle(number));
    /** Ways of drawing a point: for each side, and for nobody at the end, where it is certain and where it is not. */
    this.looks = [...data.header.actors.map(({ colour }) => colour), NOBODY].flatMap(looksOf);
    /** @type {Point[]} */
    this.changes = [];
    this.canvas = document.createElement("canvas");
  }

  #asked = 0;
  /** @type {{number: number, canvas: HTMLCanvasElement} | null} the canvas for the present view, until it is drawn */
  #next = null;
  #margin = L.point(0, 0);

  /** @override */
  onAdd() {
    /** @type {HTMLElement} */ (this.getPane()).append(this.canvas);
    this.#place();
    return this;
  }

  /** @override */
  onRemove() {
    this.canvas.remove();
    return this;
  }

  /** @override */
  getEvents() {
    return { moveend: () => this.#place(), viewreset: () => this.#place() };
  }

  /** @param {Point[]} changes */
  show(changes) {
    const { states } = this.header;
    const isOpen = (/** @type {Point} */ { after }) => states[after].undecided;
    this.changes = [...changes.filter(isOpen), ...changes.filter((change) => !isOpen(change))];
    if (this._map) this.#draw();
  }

  /** The topmost point within reach of a point of the map's container, as its place, or -1. @param {L.Point} point */
  placeAt(point) {
    if (!this._map) return -1;
    const near = this.changes.findLast(({ place }) => this.#at(place).distanceTo(point) <= REACH_PX);
    return near ? near.place : -1;
  }

  /** Make a canvas that lies over the view and a little beyond; it takes the old one's place once it is drawn. */
  #place() {
    const ratio = window.devicePixelRatio || 1;
    const size = this._map.getSize();
    this.#margin = size.multiplyBy(PADDING).round();
    const { x: width, y: height } = size.add(this.#margin.multiplyBy(2));
    const [canvas, surface, transfer] = this.studio.canvas(Math.round(width * ratio), Math.round(height * ratio));
    canvas.className = "leaflet-zoom-hide";
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    L.DomUtil.setPosition(canvas, this._map.containerPointToLayerPoint(this.#margin.multiplyBy(-1)));
    this.#next = { number: this.#asked + 1, canvas };
    this.#draw({ canvas: surface, ratio }, transfer);
  }

  /** @param {number} number of the order that is carried out */
  #settle(number) {
    if (!this._map || !this.#next || number < this.#next.number) return;
    this.canvas.replaceWith(this.#next.canvas);
    [this.canvas, this.#next] = [this.#next.canvas, null];
  }

  /** @param {Record<string, any>} [another] canvas @param {Transferable[]} [transfer] */
  #draw(another = {}, transfer = []) {
    const { states, actors } = this.header;
    const kind = Uint8Array.from(this.changes, ({ after }) => {
      const { undecided, actor, contender } = states[after];
      const gaining = contender >= 0 ? contender : actor;
      return 2 * (gaining < 0 ? actors.length : gaining) + Number(undecided);
    });
    const at = new Float32Array(2 * kind.length);
    const scale = 256 * 2 ** this._map.getZoom();
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this.#margin);
    const { x: left, y: top } = this._map.getPixelOrigin().add(corner);
    this.changes.forEach(({ place }, k) => {
      at[2 * k] = Math.round(this.#worldX(place) * scale) - left;
      at[2 * k + 1] = Math.round(this.#worldY(place) * scale) - top;
    });
    this.order({ number: ++this.#asked, points: { looks: this.looks, kind, at }, ...another }, transfer);
  }

  /** Web Mercator, the world is 0 .. 1 from west to east. @param {number} place */
  #worldX(place) {
    return this.header.places.longitude[place] / 360 + 0.5;
  }

  /** The same from north to south. @param {number} place */
  #worldY(place) {
    const sine = Math.sin((this.header.places.latitude[place] * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  /** @param {number} place */
  #at(place) {
    const { latitude, longitude } = this.header.places;
    return this._map.latLngToContainerPoint([latitude[place], longitude[place]]);
  }
}

/**
 * A certain change and one that is possible from this day on.
 * @param {string} colour
 * @returns {import("./dots.js").Look[]}
 */
function looksOf(colour) {
  return [
    { radius: 5.5, fill: colour, alpha: 1, stroke: "#fff" },
    { radius: 3.5, fill: colour, alpha: 0.25, stroke: "#1c2733" },
  ];
}
