/** What lies under the areas when there is no street map: coasts, a graticule, a scale bar. */
/* global L */

const STEPS_DEGREES = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const LINES_ACROSS = 4;
/** So much room a figure takes, and how far in from the edge one may stand that a card would cover. */
const GAP_PX = 4;
const FIGURE_PX = { width: 56, height: 17 };
const FURTHEST_IN = 0.4;

/**
 * @param {L.Map} map
 * @param {import("geojson").GeoJsonObject} land
 */
export function addLand(map, land) {
  // Lines, not a canvas: without a graphics card the browser copies every canvas of a page for every frame.
  const renderer = L.svg({ pane: "base", padding: 0.5 });
  const style = { renderer, weight: 1, color: "#c9c4b6", fillColor: "#f4f2ec", fillOpacity: 1 };
  L.geoJSON(land, { interactive: false, style }).addTo(map);
}

/** Lines of equal longitude and latitude with their figures at the edge, or beside the card that covers it. */
export class Graticule extends L.LayerGroup {
  /** Cards are opened, folded and moved. */
  #cards = new ResizeObserver(() => this.#draw());

  /** @override @param {L.Map} map */
  onAdd(map) {
    super.onAdd(map);
    map.on("moveend", this.#draw, this);
    for (const card of cardsOf(map)) this.#cards.observe(card);
    this.#draw();
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    map.off("moveend", this.#draw, this);
    this.#cards.disconnect();
    return super.onRemove(map);
  }

  #draw() {
    this.clearLayers();
    const bounds = this._map.getBounds();
    const [west, east] = [Math.max(-180, bounds.getWest()), Math.min(180, bounds.getEast())];
    const [south, north] = [Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth())];
    const step = STEPS_DEGREES.findLast((size) => (east - west) / size <= LINES_ACROSS * 2) ?? STEPS_DEGREES[0];
    const decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    const taken = cardsOf(this._map).map((card) => boxIn(this._map, card)).filter(({ width }) => width > 0);
    for (const longitude of multiples(step, west, east)) {
      const edge = this._map.latLngToContainerPoint([north, longitude]).add([GAP_PX, 1]);
      this.#line([south, longitude], [north, longitude]);
      this.#figure(degrees(longitude, decimals, "E", "W"), edge, "y", taken);
    }
    for (const latitude of multiples(step, south, north)) {
      const edge = this._map.latLngToContainerPoint([latitude, west]).add([GAP_PX, -FIGURE_PX.height]);
      this.#line([latitude, west], [latitude, east]);
      this.#figure(degrees(latitude, decimals, "N", "S"), edge, "x", taken);
    }
  }

  /**
   * @param {L.LatLngTuple} from
   * @param {L.LatLngTuple} to
   */
  #line(from, to) {
    const style = { pane: "graticule", interactive: false, weight: 0.6, color: "#8a93a0", opacity: 0.45 };
    this.addLayer(L.polyline([from, to], style));
  }

  /**
   * @param {string} text
   * @param {L.Point} edge
   * @param {"x" | "y"} axis
   * @param {Box[]} taken gets the figure's own box
   */
  #figure(text, edge, axis, taken) {
    const at = readable(edge, axis, taken, this._map.getSize());
    if (!at) return;
    taken.push({ x: at.x, y: at.y, ...FIGURE_PX });
    const icon = L.divIcon({ className: "graticule-figure", html: text, iconSize: undefined });
    this.addLayer(L.marker(this._map.containerPointToLatLng(at), { icon, pane: "graticule", interactive: false, keyboard: false }));
  }
}

/** What stands over the map. @param {L.Map} map @returns {HTMLElement[]} */
const cardsOf = (map) => [...map.getContainer().querySelectorAll(/** @type {"div"} */ (".card:not(dialog, .menu, .notice), .leaflet-bar"))];

/** @typedef {{x: number, y: number, width: number, height: number}} Box in pixels of the map's container */

/** @param {L.Map} map @param {HTMLElement} card @returns {Box} */
function boxIn(map, card) {
  const [frame, { x, y, width, height }] = [map.getContainer().getBoundingClientRect(), card.getBoundingClientRect()];
  return { x: x - frame.x, y: y - frame.y, width, height };
}

/**
 * Where a figure can be read: moved along its line from the edge until nothing covers it.
 * @param {L.Point} edge its upper left corner at the edge
 * @param {"x" | "y"} axis along which it may move
 * @param {Box[]} taken
 * @param {L.Point} size of the map
 * @returns {L.Point | null} null where there is no room near the edge
 */
export function readable(edge, axis, taken, size) {
  const at = edge.clone();
  const side = axis === "x" ? "width" : "height";
  const covering = () => taken.find((box) =>
    at.x < box.x + box.width && box.x < at.x + FIGURE_PX.width && at.y < box.y + box.height && box.y < at.y + FIGURE_PX.height);
  for (let box = covering(); box; box = covering()) at[axis] = box[axis] + box[side] + 1;
  const isIn = at.x + FIGURE_PX.width <= size.x && at.y >= 0 && at.y + FIGURE_PX.height <= size.y;
  return isIn && at[axis] <= FURTHEST_IN * size[axis] ? at : null;
}

/**
 * @param {number} step
 * @param {number} low
 * @param {number} high
 */
function multiples(step, low, high) {
  const out = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) out.push(k * step);
  return out;
}

/**
 * @param {number} value
 * @param {number} decimals
 * @param {string} positive
 * @param {string} negative
 */
function degrees(value, decimals, positive, negative) {
  const figure = Math.abs(value).toFixed(decimals);
  return `${figure}° ${Number(figure) === 0 ? "" : value > 0 ? positive : negative}`.trim();
}

/**
 * The optional street map; it needs the internet and is only offered where the server allows it.
 * @param {() => void} onMissing called once when tiles cannot be loaded
 */
export function streetMap(onMissing) {
  const layer = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
    pane: "base",
    maxZoom: 19,
    attribution: '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors',
  });
  layer.once("tileerror", onMissing);
  return layer;
}
