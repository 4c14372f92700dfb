/** Place names that never cover each other, nor the markers of the day. */
/* global L */
import { h } from "./dom.js";

const FONT = "11.5px";
const LINE_HEIGHT = 14;
const MARGIN = 3;
const AT_MOST = 250;

export const LabelLayer = L.Layer.extend({
  /**
   * @param {any} places columns of header.places
   * @param {number} areaCount
   */
  initialize(places, areaCount) {
    this.places = places;
    this.local = false;
    this.first = [];
    this.order = Array.from({ length: areaCount }, (_, i) => i).sort((a, b) => places.area_km2[b] - places.area_km2[a]);
    this.ruler = document.createElement("canvas").getContext("2d");
  },

  onAdd() {
    this._box = h("div", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
    this.getPane().append(this._box);
    this.ruler.font = `600 ${FONT} ${getComputedStyle(this._map.getContainer()).fontFamily}`;
    this._draw();
  },

  onRemove() {
    this._box.remove();
  },

  getEvents() {
    return { moveend: this._draw, viewreset: this._draw };
  },

  /** @param {boolean} local show the name in the place's own language */
  setLocal(local) {
    this.local = local;
    if (this._map) this._draw();
  },

  /**
   * Names of these places come first, and beside their marker rather than on it.
   * @param {number[]} places
   */
  setFirst(places) {
    this.first = places;
    if (this._map) this._draw();
  },

  _draw() {
    const size = this._map.getSize();
    const marked = new Set(this.first);
    const taken = this.first.map((place) => around(this._point(place), 9, 9));
    const order = [...this.first, ...this.order.filter((place) => !marked.has(place))];
    const labels = [];
    for (const place of order) {
      if (labels.length === AT_MOST) break;
      const at = this._point(place);
      if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
      const text = (this.local && this.places.name_local[place]) || this.places.name[place];
      const halfWidth = this.ruler.measureText(text).width / 2;
      if (!marked.has(place) && !this._fits(place, halfWidth)) continue;
      const spots = marked.has(place) ? [at.add([0, 17]), at.add([0, -17]), at.add([halfWidth + 12, 0]), at.add([-halfWidth - 12, 0])] : [at];
      const spot = spots.find((point) => taken.every((box) => !overlap(box, around(point, halfWidth + MARGIN, LINE_HEIGHT / 2))));
      if (!spot) continue;
      taken.push(around(spot, halfWidth + MARGIN, LINE_HEIGHT / 2));
      labels.push(this._label(text, spot, marked.has(place)));
    }
    this._box.replaceChildren(...labels);
  },

  /** Whether a name is not much wider than the place: small places wait for a closer view. */
  _fits(place, halfWidth) {
    const metresPerPixel = (40_075_016 * Math.cos((this.places.latitude[place] * Math.PI) / 180)) / (256 * 2 ** this._map.getZoom());
    const acrossPixels = (Math.sqrt(this.places.area_km2[place]) * 1000) / metresPerPixel;
    return 2 * halfWidth < acrossPixels * 1.5 + 16;
  },

  _point(place) {
    return this._map.latLngToContainerPoint([this.places.latitude[place], this.places.longitude[place]]);
  },

  _label(text, spot, first) {
    const at = this._map.containerPointToLayerPoint(spot);
    const style = `left:${Math.round(at.x)}px;top:${Math.round(at.y)}px;font-size:${FONT}`;
    return h("bdi", { dir: "auto", class: first ? "label first" : "label", style }, text);
  },
});

function around(point, halfWidth, halfHeight) {
  return [point.x - halfWidth, point.y - halfHeight, point.x + halfWidth, point.y + halfHeight];
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
