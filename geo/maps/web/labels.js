/** Place names that never cover each other, nor the points of the day, nor other marks. */
/* global L */
import { h } from "./dom.js";

const FONT = "11.5px";
const LINE_HEIGHT = 14;
const MARGIN = 3;
export const POINT_PX = 9;
/** How far the ring around a place reaches that is somewhere else than at its point. */
export const RING_PX = 14;
/** Places smaller than this, across, have no room for a name. */
const SMALLEST_PX = 8;
const AT_MOST = 250;
/** Names of towns stand so far from others: there are many, and they are not what the map is about. */
const TOWN_ROOM_PX = 14;
/** From the beginning of a town's name to the middle of the dot that it begins with. */
const DOT_PX = 3;
/** Changes of one day that may claim the best spots; beyond that the day's own names would hide the map. */
const FIRST_AT_MOST = 60;

/** @typedef {[west: number, north: number, east: number, south: number]} Box */

export class LabelLayer extends L.Layer {
  /**
   * @param {import("./payload").Places} places columns of header.places
   * @param {number} areaCount
   * @param {number[]} unnamed places that only have a number or a position for a name
   * @param {number[]} towns to read the map by where its ground has no names, the largest first
   */
  constructor(places, areaCount, unnamed, towns) {
    super();
    L.setOptions(this, { pane: "labels" });
    this.places = places;
    this.local = false;
    /** @type {number[]} */
    this.first = [];
    /** @type {Map<number, number>} places with a mark on them, and how far it reaches (px): a name stands beside it */
    this.marks = new Map();
    /** @type {number[]} places with a ring of the day around them */
    this.rings = [];
    /** What lies over the map, where no name is read. @type {() => L.Bounds[]} container pixels */
    this.covered = () => [];
    /** @type {{place: number, at: L.Point, halfWidth: number}[]} */
    this.candidates = [];
    const isUnnamed = (this.isUnnamed = new Set(unnamed));
    this.order = Array.from({ length: areaCount }, (_, i) => i).filter((place) => !isUnnamed.has(place))
      .sort((a, b) => places.area_km2[b] - places.area_km2[a]);
    this.towns = towns;
    this.isTown = new Set(towns);
    this.ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    this.box = h("div", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    /** @type {HTMLElement} */ (this.getPane()).append(this.box);
    this.ruler.font = `750 ${FONT} ${getComputedStyle(map.getContainer()).fontFamily}`;
    this.#gather();
    return this;
  }

  /** @override */
  onRemove() {
    this.box.remove();
    return this;
  }

  /** @override */
  getEvents() {
    return { moveend: () => this.#gather(), viewreset: () => this.#gather() };
  }

  /** @param {boolean} local show the name in the place's own language */
  setLocal(local) {
    this.local = local;
    if (this._map) this.#gather();
  }

  /** Marks stand at these places: no name covers one. @param {Map<number, number>} marks how far each reaches, in pixels */
  setMarks(marks) {
    this.marks = marks;
    if (this._map) this.#draw();
  }

  /**
   * Points stand at these places: their names come first and stand beside the point, no other name covers it.
   * @param {number[]} places
   * @param {number[]} rings places with a ring around them, which no name covers either
   */
  setFirst(places, rings) {
    const same = String(places) === String(this.first) && String(rings) === String(this.rings);
    [this.first, this.rings] = [places, rings];
    if (this._map && !same) this.#draw();
  }

  /** Something else lies over the map from now on. */
  coveredAnew() {
    if (this._map) this.#draw();
  }

  /** Find the names that have room in this view, larger places first; then draw. */
  #gather() {
    this.candidates = [];
    for (const place of this.order) {
      if (this.candidates.length === 3 * AT_MOST) break;
      const across_px = this.#across(place);
      if (across_px < SMALLEST_PX) continue;
      const at = this.#point(place);
      if (!this.#isSeen(at)) continue;
      const halfWidth = this.#halfWidth(place);
      if (2 * halfWidth < across_px * 1.5 + 16) this.candidates.push({ place, at, halfWidth });
    }
    for (const place of this.towns) {
      const at = this.#point(place);
      if (this.#isSeen(at)) this.candidates.push({ place, at, halfWidth: this.#halfWidth(place) });
    }
    this.#draw();
  }

  #draw() {
    const marked = new Set(this.first);
    const points = this.first.map((place) => ({ place, at: this.#point(place) })).filter(({ at }) => this.#isSeen(at));
    /** @type {[place: number, reach_px: number][]} */
    const marks = [...this.marks, ...this.rings.map((place) => /** @type {[number, number]} */ ([place, RING_PX]))];
    const taken = [
      ...points.map(({ at }) => around(at, POINT_PX, POINT_PX)),
      ...marks.map(([place, reach_px]) => around(this.#point(place), reach_px, reach_px)),
      ...this.covered().map((box) => this.#inLayer(box)),
    ];
    const view = this.#inLayer(L.bounds([0, 0], this._map.getSize()));
    /** @type {HTMLElement[]} */
    const labels = [];
    const put = (/** @type {number} */ place, /** @type {number} */ halfWidth, /** @type {L.Point[]} */ spots) => {
      const boxAt = (/** @type {L.Point} */ point) => around(point, halfWidth + MARGIN, LINE_HEIGHT / 2);
      const roomAt = (/** @type {L.Point} */ point) =>
        (this.isTown.has(place) ? around(point, halfWidth + TOWN_ROOM_PX, LINE_HEIGHT / 2 + TOWN_ROOM_PX / 2) : boxAt(point));
      const spot = spots.find((point) =>
        isWithin(boxAt(point), view) && taken.every((box) => !overlap(box, roomAt(point))));
      if (!spot) return;
      taken.push(boxAt(spot));
      labels.push(this.#label(this.#text(place), spot, marked.has(place)));
    };
    for (const { place, at } of points.filter(({ place }) => !this.isUnnamed.has(place)).slice(0, FIRST_AT_MOST)) {
      const halfWidth = this.#halfWidth(place);
      put(place, halfWidth, beside(at, halfWidth));
    }
    for (const { place, at, halfWidth } of this.candidates) {
      if (labels.length >= AT_MOST) break;
      const spots = this.isTown.has(place) ? [at.add([halfWidth - DOT_PX, 0])] : this.marks.has(place) ? beside(at, halfWidth) : [at];
      if (!marked.has(place)) put(place, halfWidth, spots);
    }
    this.box.replaceChildren(...labels);
  }

  /** Side of a square as large as the place, in pixels. @param {number} place */
  #across(place) {
    const narrowing = Math.cos((this.places.latitude[place] * Math.PI) / 180);
    const metresPerPixel = (40_075_016 * narrowing) / (256 * 2 ** this._map.getZoom());
    return (Math.sqrt(this.places.area_km2[place]) * 1000) / metresPerPixel;
  }

  /** @param {number} place */
  #text(place) {
    const text = (this.local && this.places.name_local[place]) || this.places.name[place];
    return this.isTown.has(place) ? `• ${text}` : text;
  }

  /** @param {number} place */
  #halfWidth(place) {
    return this.ruler.measureText(this.#text(place)).width / 2;
  }

  /** Where a place stands, in layer pixels: they hold while the map is dragged. @param {number} place */
  #point(place) {
    return this._map.latLngToLayerPoint([this.places.latitude[place], this.places.longitude[place]]);
  }

  /** @param {L.Bounds} box container pixels @returns {Box} */
  #inLayer({ min, max }) {
    const [{ x: west, y: north }, { x: east, y: south }] =
      [min, max].map((corner) => this._map.containerPointToLayerPoint(/** @type {L.Point} */ (corner)));
    return [west, north, east, south];
  }

  /** @param {L.Point} at */
  #isSeen(at) {
    const { x, y } = this._map.layerPointToContainerPoint(at);
    const size = this._map.getSize();
    return x >= 0 && y >= 0 && x <= size.x && y <= size.y;
  }

  /**
   * @param {string} text
   * @param {L.Point} spot
   * @param {boolean} first
   * @returns {HTMLElement}
   */
  #label(text, spot, first) {
    const style = `left:${Math.round(spot.x)}px;top:${Math.round(spot.y)}px;font-size:${FONT}`;
    return h("bdi", { dir: "auto", class: first ? "label first" : "label", style }, text);
  }
}

/** Where a name may stand at a mark: under, over, right or left of it. @param {L.Point} at @param {number} halfWidth */
function beside(at, halfWidth) {
  return [at.add([0, 17]), at.add([0, -17]), at.add([halfWidth + 12, 0]), at.add([-halfWidth - 12, 0])];
}

/**
 * @param {L.Point} point
 * @param {number} halfWidth
 * @param {number} halfHeight
 * @returns {Box}
 */
function around(point, halfWidth, halfHeight) {
  return [point.x - halfWidth, point.y - halfHeight, point.x + halfWidth, point.y + halfHeight];
}

/** Whether the edge of the view cuts nothing off. @param {Box} box @param {Box} view */
function isWithin(box, view) {
  return box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
