/** Where the map looks: the view of the link, a place brought into sight, a place flown to, a place's border. */
/* global L */

export const NARROW_PX = 720;
const CLOSE_ZOOM = 14;
const POINT_ZOOM = 10;
const PAN_PX = 120;

/** @param {L.Map} map */
export function isWide(map) {
  return map.getSize().x >= NARROW_PX;
}

/** Whether the person asked for less motion. */
export function isCalm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * The view of the link, else the whole of the dataset's areas.
 * @param {L.Map} map
 * @param {import("./payload").Header["bounds"]} bounds of the areas
 * @param {string | undefined} view
 */
export function frame(map, bounds, view) {
  const [latitude, longitude, zoom] = (view ?? "").split(",").map(Number);
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 && zoom >= 0 && zoom <= 19;
  const wide = isWide(map);
  if (valid) map.setView([latitude, longitude], zoom, { animate: false });
  else {
    const paddingTopLeft = wide ? L.point(16, 60) : L.point(16, 100);
    const paddingBottomRight = wide ? L.point(330, 130) : L.point(16, 160);
    map.fitBounds(bounds, { animate: false, paddingTopLeft, paddingBottomRight });
  }
}

/** @param {L.Map} map */
export function viewText(map) {
  const { lat: latitude, lng: longitude } = map.getCenter();
  return `${latitude.toFixed(5)},${longitude.toFixed(5)},${map.getZoom()}`;
}

/**
 * Pan so that a place is not under its own panel.
 * @param {L.Map} map
 * @param {import("./payload").Places} places
 * @param {number} place
 * @param {HTMLElement} cover
 */
export function reveal(map, places, place, cover) {
  const at = map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
  const size = map.getSize();
  const wide = isWide(map);
  const low = L.point(wide ? cover.offsetLeft + cover.offsetWidth + 40 : 20, wide ? 70 : 140);
  const high = L.point(size.x - (wide ? 340 : 20), (wide ? size.y - 150 : cover.offsetTop - 20));
  const inside = (/** @type {"x" | "y"} */ axis) => Math.max(low[axis], Math.min(Math.max(low[axis], high[axis]), at[axis]));
  const target = L.point(inside("x"), inside("y"));
  if (at.distanceTo(target) > 1) map.panBy(at.subtract(target), { animate: !isCalm() });
}

/**
 * Fly to a place, as close as its area asks for, clear of its panel.
 * @param {L.Map} map
 * @param {import("./decode.js").MapData} data
 * @param {number} place
 * @param {HTMLElement} cover
 */
export function flyTo(map, data, place, cover) {
  const { places } = data.header;
  const wide = isWide(map);
  const bounds = place < data.areaCount
    ? L.latLngBounds(/** @type {any} */ (ringsOf(data, place).flat()))
    : L.latLngBounds([[places.latitude[place], places.longitude[place]]]);
  const options = {
    paddingTopLeft: L.point(wide ? cover.offsetWidth + 40 : 20, wide ? 80 : 150),
    paddingBottomRight: L.point(wide ? 340 : 20, wide ? 150 : map.getSize().y - cover.offsetTop + 20),
    maxZoom: place < data.areaCount ? CLOSE_ZOOM : POINT_ZOOM,
    duration: 0.8,
  };
  if (isCalm()) map.fitBounds(bounds, { ...options, animate: false });
  else map.flyToBounds(bounds, options);
}

/** Keys that move the map itself; without Shift the arrows move the date. @param {L.Map} map */
export function mapKeys(map) {
  const options = () => ({ animate: !isCalm() });
  const pan = (/** @type {number} */ x, /** @type {number} */ y) => () => map.panBy([x * PAN_PX, y * PAN_PX], options());
  return {
    "+": () => map.zoomIn(1, options()), "-": () => map.zoomOut(1, options()),
    "Shift+ArrowLeft": pan(-1, 0), "Shift+ArrowRight": pan(1, 0), "Shift+ArrowUp": pan(0, -1), "Shift+ArrowDown": pan(0, 1),
  };
}

/** The selected place's border. */
export function outlineOf(/** @type {import("./decode.js").MapData} */ data, /** @type {number} */ place) {
  const { places } = data.header;
  const style = { pane: "outline", interactive: false, color: "#1c2733", weight: 2.5, fill: false };
  if (place >= data.areaCount) return L.circleMarker([places.latitude[place], places.longitude[place]], { ...style, radius: 14 });
  return L.polygon(/** @type {any} */ (ringsOf(data, place)), style);
}

/** Latitude and longitude of each ring of an area. */
function ringsOf(/** @type {import("./decode.js").MapData} */ data, /** @type {number} */ place) {
  const rings = [];
  for (let ring = data.areaRings[place]; ring < data.areaRings[place + 1]; ring++) {
    const points = [];
    for (let k = data.ringStart[ring]; k < data.ringStart[ring + 1]; k++) {
      const vertex = data.vertices[k];
      const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * data.y[vertex]))) * 180) / Math.PI;
      points.push([latitude, (data.x[vertex] - 0.5) * 360]);
    }
    rings.push(points);
  }
  return rings;
}
