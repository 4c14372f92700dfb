/**
 * Points at the places that change on the current day, in the colour of the side that gains; a small open ring
 * where the day is only the first on which the change is possible. One canvas holds them all.
 */
/* global L */

const REACH_PX = 9;
const PADDING = 0.1;
const NOBODY = "#9ca0a4";

/** @typedef {{place: number, after: number}} Point */

export class PointLayer extends L.Layer {
  /** @param {import("./decode.js").MapData} data */
  constructor(data) {
    super();
    L.setOptions(this, { pane: "changes" });
    this.header = data.header;
    /** @type {Point[]} */
    this.changes = [];
    /** @type {HTMLCanvasElement} */
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide");
    this.canvas.setAttribute("aria-hidden", "true");
  }

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
    this.changes = [...changes].sort((a, b) => Number(states[b.after].undecided) - Number(states[a.after].undecided));
    if (this._map) this.#draw();
  }

  /** The topmost point within reach of a point of the map's container, as its place, or -1. @param {L.Point} point */
  placeAt(point) {
    if (!this._map) return -1;
    const near = this.changes.findLast(({ place }) => this.#at(place).distanceTo(point) <= REACH_PX);
    return near ? near.place : -1;
  }

  /** Lay the canvas over the view and a little beyond. */
  #place() {
    const ratio = window.devicePixelRatio || 1;
    const size = this._map.getSize();
    const margin = size.multiplyBy(PADDING).round();
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    [this.canvas.width, this.canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.margin = margin;
    this.ratio = ratio;
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint(margin.multiplyBy(-1)));
    this.#draw();
  }

  #draw() {
    const { states, actors } = this.header;
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const margin = /** @type {L.Point} */ (this.margin);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.scale(this.ratio ?? 1, this.ratio ?? 1);
    context.lineWidth = 2;
    for (const { place, after } of this.changes) {
      const { undecided, actor, contender } = states[after];
      const gaining = contender >= 0 ? contender : actor;
      const at = this.#at(place).add(margin);
      context.beginPath();
      context.arc(at.x, at.y, undecided ? 3.5 : 5.5, 0, 2 * Math.PI);
      context.fillStyle = gaining < 0 ? NOBODY : actors[gaining].colour;
      context.globalAlpha = undecided ? 0.25 : 1;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = undecided ? "#1c2733" : "#fff";
      context.stroke();
    }
  }

  /** @param {number} place */
  #at(place) {
    const { latitude, longitude } = this.header.places;
    return this._map.latLngToContainerPoint([latitude[place], longitude[place]]);
  }
}
