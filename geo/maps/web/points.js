/**
 * Points at the places that change on the current day, in the colour of the side that gains; a small open ring
 * where the day is only the first on which the change is possible.
 */
/* global L */
import { stamp, Stamps } from "./stamps.js";

const REACH_PX = 9;
const PADDING = 0.05;
const NOBODY = "#9ca0a4";

/** @typedef {{place: number, after: number}} Point */

/** @typedef {{radius: number, fill: string, alpha: number, stroke: string}} Look how one kind of point is drawn */

const LINE_PX = 2;
/** Wide enough for the largest point. */
const STAMP_PX = 14;

export class PointLayer extends L.Layer {
  /** @param {import("./payload").Header} header */
  constructor(header) {
    super();
    L.setOptions(this, { pane: "changes" });
    this.header = header;
    /** @type {Point[]} */
    this.changes = [];
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-hide";
    this.canvas.setAttribute("aria-hidden", "true");
    this.#looks = [...header.actors.map(({ colour }) => colour), NOBODY].flatMap(looksOf);
  }

  /** Ways of drawing a point: for each side, and for nobody at the end, where it is certain and where it is not. */
  #looks;
  /** @type {import("./stamps.js").Stamp[]} one of each */
  #stamps = [];
  /** @type {Stamps | null} */
  #prints = null;
  /** Canvas pixels for one CSS pixel. */
  #ratio = 1;
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

  /** Lay the canvas over the view and a little beyond, and draw. */
  #place() {
    const size = this._map.getSize();
    this.#margin = size.multiplyBy(PADDING).round();
    const { x: width, y: height } = size.add(this.#margin.multiplyBy(2));
    this.#ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * this.#ratio); // which clears it
    this.canvas.height = Math.round(height * this.#ratio);
    this.#stamps = this.#looks.map((look) => stampOf(look, this.#ratio));
    this.#prints = new Stamps(this.canvas);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(this.#margin.multiplyBy(-1)));
    this.#draw();
  }

  #draw() {
    const scale = 256 * 2 ** this._map.getZoom();
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this.#margin);
    const { x: left, y: top } = this._map.getPixelOrigin().add(corner);
    const onCanvas = (/** @type {number} */ position, /** @type {number} */ side) => Math.round(position * this.#ratio - side / 2);
    this.#prints?.show(this.changes.map(({ place, after }) => {
      const stamp = this.#stamps[this.#lookOf(after)];
      const x = onCanvas(Math.round(this.#worldX(place) * scale) - left, stamp.side);
      const y = onCanvas(Math.round(this.#worldY(place) * scale) - top, stamp.side);
      return { stamp, left: x, top: y };
    }));
  }

  /** How a change into a state is drawn. @param {number} state */
  #lookOf(state) {
    const { states, actors } = this.header;
    const { undecided, actor, contender } = states[state];
    const gaining = contender >= 0 ? contender : actor;
    return 2 * (gaining < 0 ? actors.length : gaining) + Number(undecided);
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
 * @returns {Look[]}
 */
function looksOf(colour) {
  return [
    { radius: 5.5, fill: colour, alpha: 1, stroke: "#fff" },
    { radius: 3.5, fill: colour, alpha: 0.25, stroke: "#1c2733" },
  ];
}

/**
 * @param {Look} look
 * @param {number} ratio pixels for one CSS pixel
 */
function stampOf({ radius, fill, alpha, stroke }, ratio) {
  return stamp(2 * Math.ceil(STAMP_PX * ratio / 2), (context) => {
    context.scale(ratio, ratio);
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.globalAlpha = alpha;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = LINE_PX;
    context.strokeStyle = stroke;
    context.stroke();
  });
}
