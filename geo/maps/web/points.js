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
/** Where areas are as wide as this on average, points have their full size; smaller ones where they would hide many. */
const ROOM_PX = 10;
const SMALLEST_SHARE = 0.7;
const BEYOND = -1;

/** @typedef {{radius: number, fill: string, alpha: number, stroke: string}} Look how one kind of point is drawn */

export class PointLayer extends L.Layer {
  /**
   * @param {import("./decode.js").MapData} data
   * @param {ReturnType<typeof import("./pace.js").inTurn>} follow
   */
  constructor(data, follow) {
    super();
    L.setOptions(this, { pane: "changes" });
    const { header } = data;
    this.header = header;
    this.#across = acrossOf(data);
    this.changes = NO_CHANGES;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-hide";
    this.canvas.setAttribute("aria-hidden", "true");
    this.#looks = [...header.actors.map(({ colour }) => colour), NOBODY].flatMap(looksOf);
    this.#drawSoon = follow(() => this._map && this.#draw()); // nobody can read the points of a day that is seen for one frame
    this.#at = new Int16Array(2 * header.places.longitude.length);
  }

  /** Ways of drawing a point: for each side, and for nobody at the end, where it is certain and where it is not. */
  #looks;
  /** Number of the look of a change into each state. */
  #lookOfState = new Uint8Array(0);
  /** Web Mercator x and y of each place, the world is 0 .. 1 from north west to south east; once they are needed. */
  #world = new Float64Array(0);
  /** Where each place lies on the canvas, in CSS pixels: x and y; both are BEYOND where it lies outside. */
  #at;
  /** How wide an area is on average, the world is 1. */
  #across;
  /** @type {Stamps | null} */
  #stamps = null;
  /** SPACING_PX at the size that points have now. */
  #spacing = SPACING_PX;
  /** Canvas pixels for one CSS pixel. */
  #ratio = 1;
  #margin = L.point(0, 0);
  #size = L.point(0, 0);
  /** 1 for each look and square of the canvas where a point is put. */
  #taken = new Uint8Array(0);
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
    const share = Math.max(SMALLEST_SHARE, Math.min(1, (this.#across * this.#scale()) / ROOM_PX));
    this.#stamps = new Stamps(this.canvas, this.#looks.map((look) => stampOf(look, ratio * share)));
    this.#spacing = SPACING_PX * share;
    const squares = Math.ceil(width / this.#spacing) * Math.ceil(height / this.#spacing);
    this.#taken = new Uint8Array(squares * this.#looks.length);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(this.#margin.multiplyBy(-1)));
    this.#locate();
    this.#draw();
  }

  /** Pixels for the whole world. */
  #scale() {
    return 256 * 2 ** this._map.getZoom();
  }

  #draw() {
    const [stamps, { place, after }] = [this.#stamps, this.changes];
    if (!stamps) return;
    this.#taken.fill(0);
    this.#knowLooks();
    stamps.clear();
    for (const isOpen of [1, 0]) this.#print(stamps, place, after, isOpen); // those that are certain come on top
    stamps.show();
  }

  /**
   * Print the points of one kind, but those that are out of the view or would lie under one that looks the same. All
   * that a place needs is worked out before: with many places it is the loop that takes the time.
   * @param {Stamps} stamps
   * @param {Int32Array} places
   * @param {Uint16Array} after
   * @param {number} isOpen 1 for those that are not certain
   */
  #print(stamps, places, after, isOpen) {
    const [at, taken, lookOfState, ratio, spacing] = [this.#at, this.#taken, this.#lookOfState, this.#ratio, this.#spacing];
    const { x: width, y: height } = this.#size;
    const [across, down] = [Math.ceil(width / spacing), Math.ceil(height / spacing)];
    const half = stamps.side / 2;
    for (let k = 0; k < places.length; k++) {
      const look = lookOfState[after[k]];
      const x = at[2 * places[k]];
      const y = at[2 * places[k] + 1];
      if ((look & 1) !== isOpen || x === BEYOND) continue;
      const square = (look * down + Math.floor(y / spacing)) * across + Math.floor(x / spacing);
      if (taken[square] === 1) continue;
      taken[square] = 1;
      stamps.print(look, Math.round(x * ratio - half), Math.round(y * ratio - half));
    }
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

  /** Find where each place lies on the canvas. */
  #locate() {
    if (!this.#world.length) this.#world = mercatorOf(this.header.places);
    const [world, at, scale] = [this.#world, this.#at, this.#scale()];
    const { x: left, y: top } = this._map.getPixelOrigin().add(this._map.containerPointToLayerPoint([0, 0])).subtract(this.#margin);
    const { x: width, y: height } = this.#size;
    for (let k = 0; k < at.length; k += 2) {
      const x = Math.round(world[k] * scale) - left;
      const y = Math.round(world[k + 1] * scale) - top;
      const isWithin = x >= 0 && y >= 0 && x < width && y < height;
      at[k] = isWithin ? x : BEYOND;
      at[k + 1] = isWithin ? y : BEYOND;
    }
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
 * Web Mercator x and y of places, one after the other; the world is 0 .. 1 from north west to south east.
 * @param {{latitude: ArrayLike<number>, longitude: ArrayLike<number>}} places
 */
function mercatorOf({ latitude, longitude }) {
  const world = new Float64Array(2 * longitude.length);
  for (let place = 0; place < longitude.length; place++) {
    const sine = Math.sin((latitude[place] * Math.PI) / 180);
    world[2 * place] = longitude[place] / 360 + 0.5;
    world[2 * place + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  return world;
}

/** How wide an area is on average, the world is 1. @param {import("./decode.js").MapData} data */
function acrossOf({ areaCount, bounds }) {
  let [sum, count] = [0, 0];
  for (let at = 0; at < 4 * areaCount; at += 4) {
    const square = (bounds[at + 2] - bounds[at]) * (bounds[at + 3] - bounds[at + 1]);
    if (Number.isNaN(square)) continue; // an area without rings is nowhere
    sum += square;
    count++;
  }
  return Math.sqrt(sum / Math.max(1, count));
}

/**
 * @param {Look} look
 * @param {number} ratio canvas pixels for one pixel of the look
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
