/** What lies under the areas when there is no street map: coasts, a graticule, a scale bar. */
/* global L */

const STEPS_DEGREES = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const LINES_ACROSS = 4;

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

/** Lines of equal longitude and latitude with their figures at the edge. */
export class Graticule extends L.LayerGroup {
  /** @override @param {L.Map} map */
  onAdd(map) {
    super.onAdd(map);
    map.on("moveend", this.#draw, this);
    this.#draw();
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    map.off("moveend", this.#draw, this);
    return super.onRemove(map);
  }

  #draw() {
    this.clearLayers();
    const bounds = this._map.getBounds();
    const [west, east] = [Math.max(-180, bounds.getWest()), Math.min(180, bounds.getEast())];
    const [south, north] = [Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth())];
    const step = STEPS_DEGREES.findLast((size) => (east - west) / size <= LINES_ACROSS * 2) ?? STEPS_DEGREES[0];
    const decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    for (const longitude of multiples(step, west, east)) {
      this.#line([south, longitude], [north, longitude], degrees(longitude, decimals, "E", "W"), [north, longitude], "meridian");
    }
    for (const latitude of multiples(step, south, north)) {
      this.#line([latitude, west], [latitude, east], degrees(latitude, decimals, "N", "S"), [latitude, west], "parallel");
    }
  }

  /**
   * @param {L.LatLngTuple} from
   * @param {L.LatLngTuple} to
   * @param {string} text the figure
   * @param {L.LatLngTuple} at where the figure stands
   * @param {"meridian" | "parallel"} kind
   */
  #line(from, to, text, at, kind) {
    const style = { pane: "graticule", interactive: false, weight: 0.6, color: "#8a93a0", opacity: 0.45 };
    this.addLayer(L.polyline([from, to], style));
    const icon = L.divIcon({ className: `graticule-figure ${kind}`, html: text, iconSize: undefined });
    this.addLayer(L.marker(at, { icon, pane: "graticule", interactive: false, keyboard: false }));
  }
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
