/**
 * Points at the places that change on the current day, in the colour of the side that gains; a small open ring
 * where the day is only the first on which the change is possible.
 */
/* global L */
import { NO_CHANGES } from "./changes.js";
import { stamp, Stamps } from "./stamps.js";

const REACH_PX = 9;
const PADDING = 0.05;
const NOBODY = "#9ca0a4";
const LINE_PX = 2;
/** Wide enough for the largest point. */
const STAMP_PX = 14;
/** Of the points that look the same, one is drawn in each square of a point's width: others would lie half under it. */
const SPACING_PX = 11;

/** @typedef {{radius: number, fill: string, alpha: number, stroke: string}} Look how one kind of point is drawn */

export class PointLayer extends L.Layer {
  /**
   * @param {import("./payload").Header} header
   * @param {ReturnType<typeof import("./pace.js").inTurn>} follow
   */
  constructor(header, follow) {
    super();
    L.setOptions(this, { pane: "changes" });
    this.header = header;
    this.changes = NO_CHANGES;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-hide";
    this.canvas.setAttribute("aria-hidden", "true");
    this.#looks = [...header.actors.map(({ colour }) => colour), NOBODY].flatMap(looksOf);
    this.#drawSoon = follow(() => this._map && this.#draw()); // nobody can read the points of a day that is seen for one frame
    this.#world = new Float64Array(2 * header.places.longitude.length).fill(NaN);
  }

  /** Ways of drawing a point: for each side, and for nobody at the end, where it is certain and where it is not. */
  #looks;
  /** Number of the look of a change into each state. */
  #lookOfState = new Uint8Array(0);
  /** Web Mercator x and y of each place, the world is 0 .. 1 from north west to south east; worked out when needed. */
  #world;
  /** @type {Stamps | null} */
  #stamps = null;
  /** Canvas pixels for one CSS pixel. */
  #ratio = 1;
  #margin = L.point(0, 0);
  #size = L.point(0, 0);
  /** For each look and square of the canvas the last drawing in which a point was put there. */
  #taken = new Uint32Array(0);
  #drawing = 0;
  #drawSoon;

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

  /** @param {import("./changes.js").Changes} changes */
  show(changes) {
    this.changes = changes;
    if (this._map) this.#drawSoon();
  }

  /** The place whose point is nearest to a point of the map's container, within reach, or -1. @param {L.Point} point */
  placeAt(point) {
    if (!this._map) return -1;
    const { latitude, longitude } = this.header.places;
    let [nearest, distance] = [-1, REACH_PX];
    for (const place of this.changes.place) {
      const away = this._map.latLngToContainerPoint([latitude[place], longitude[place]]).distanceTo(point);
      if (away <= distance) [nearest, distance] = [place, away];
    }
    return nearest;
  }

  /** Lay the canvas over the view and a little beyond, and draw. */
  #place() {
    const size = this._map.getSize();
    this.#margin = size.multiplyBy(PADDING).round();
    this.#size = size.add(this.#margin.multiplyBy(2));
    const { x: width, y: height } = this.#size;
    const ratio = (this.#ratio = window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * ratio); // which clears it
    this.canvas.height = Math.round(height * ratio);
    this.#stamps = new Stamps(this.canvas, this.#looks.map((look) => stampOf(look, ratio)));
    const squares = Math.ceil(width / SPACING_PX) * Math.ceil(height / SPACING_PX);
    this.#taken = new Uint32Array(squares * this.#looks.length);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(this.#margin.multiplyBy(-1)));
    this.#draw();
  }

  #draw() {
    const [stamps, { after }] = [this.#stamps, this.changes];
    if (!stamps) return;
    this.#drawing++;
    this.#knowLooks();
    stamps.clear();
    const { x: left, y: top } = this._map.getPixelOrigin().add(this._map.containerPointToLayerPoint([0, 0])).subtract(this.#margin);
    const scale = 256 * 2 ** this._map.getZoom();
    for (const isOpen of [1, 0]) { // those that are certain come on top
      for (let k = 0; k < after.length; k++) {
        const look = this.#lookOfState[after[k]];
        if ((look & 1) === isOpen) this.#print(stamps, this.changes.place[k], look, left, top, scale);
      }
    }
    stamps.show();
  }

  /**
   * Print the point of one place, unless it is out of the view or would lie under one that looks the same.
   * @param {Stamps} stamps
   * @param {number} place
   * @param {number} look
   * @param {number} left of the canvas, in pixels of the world
   * @param {number} top
   * @param {number} scale pixels for the whole world
   */
  #print(stamps, place, look, left, top, scale) {
    if (Number.isNaN(this.#world[2 * place])) this.#locate(place);
    const x = Math.round(this.#world[2 * place] * scale) - left;
    const y = Math.round(this.#world[2 * place + 1] * scale) - top;
    const { x: width, y: height } = this.#size;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const square = Math.floor(y / SPACING_PX) * Math.ceil(width / SPACING_PX) + Math.floor(x / SPACING_PX);
    const at = square * this.#looks.length + look;
    if (this.#taken[at] === this.#drawing) return;
    this.#taken[at] = this.#drawing;
    stamps.print(look, Math.round(x * this.#ratio - stamps.side / 2), Math.round(y * this.#ratio - stamps.side / 2));
  }

  /** Twice the side that gains, and 1 more where that is not certain; what was known can bring more states. */
  #knowLooks() {
    const { states, actors } = this.header;
    if (this.#lookOfState.length === states.length) return;
    this.#lookOfState = Uint8Array.from(states, ({ undecided, actor, contender }) => {
      const gaining = contender >= 0 ? contender : actor;
      return 2 * (gaining < 0 ? actors.length : gaining) + Number(undecided);
    });
  }

  /** @param {number} place */
  #locate(place) {
    const { latitude, longitude } = this.header.places;
    const sine = Math.sin((latitude[place] * Math.PI) / 180);
    this.#world[2 * place] = longitude[place] / 360 + 0.5;
    this.#world[2 * place + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
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
