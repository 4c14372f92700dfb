/** Where the map looks: the view of the link, a place brought into sight, a place flown to, a place's border. */
/* global L */

const ROOMY_PX = 960;
/** Lower than this, cards stand beside each other instead of over and under the map. */
const LOW_PX = 520;
/** So much of the window is left to the country, however small the window is. */
const SMALLEST_PX = 120;
const ROUNDED_PX = 3;
const CLOSE_ZOOM = 14;
const POINT_ZOOM = 10;
const PAN_PX = 120;

/** Whether there is room for a legend that stands open. @param {L.Map} map */
export function isRoomy(map) {
  const { x, y } = map.getSize();
  return x >= ROOMY_PX && y >= LOW_PX;
}

/** Whether the person asked for less motion. */
export function isCalm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * The view of the link, else the whole of the dataset's areas: until somebody moves the map, also when the window
 * gets another size (the dashboard's frame has its height only after the map has begun).
 * @param {L.Map} map
 * @param {import("./payload").Header["bounds"]} bounds of the areas
 * @param {string | undefined} view
 */
export function frame(map, bounds, view) {
  const [latitude, longitude, zoom] = (view ?? "").split(",").map(Number);
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 && zoom >= 0 && zoom <= 19;
  const open = () => (valid ? map.setView([latitude, longitude], zoom, { animate: false }) : fitWhole(map, bounds));
  open();
  let opened = viewOf(map);
  map.on("resize", () => {
    if (!isStill(map, opened)) return;
    open();
    opened = viewOf(map);
  });
}

/** @param {L.Map} map @param {L.LatLngBoundsExpression} bounds */
function fitWhole(map, bounds) {
  const { x, y } = map.getSize();
  const [left, top, right, bottom] = isRoomy(map) ? [16, 60, 330, 130] : y < LOW_PX ? [16, 60, 16, 100] : [16, 130, 16, 180];
  const spare = Math.min(1, (x - SMALLEST_PX) / (left + right), (y - SMALLEST_PX) / (top + bottom)); // for the map itself
  const padding = (/** @type {number} */ width, /** @type {number} */ height) => L.point(width, height).multiplyBy(Math.max(0, spare));
  map.fitBounds(bounds, { animate: false, paddingTopLeft: padding(left, top), paddingBottomRight: padding(right, bottom) });
}

/** @param {L.Map} map */
function viewOf(map) {
  return { centre: map.getCenter(), zoom: map.getZoom() };
}

/** Whether a map looks where it looked, but for what another size of the window rounds. @param {L.Map} map @param {ReturnType<typeof viewOf>} before */
function isStill(map, { centre, zoom }) {
  return map.getZoom() === zoom && map.latLngToContainerPoint(centre).distanceTo(map.getSize().divideBy(2)) < ROUNDED_PX;
}

/** @param {L.Map} map */
export function viewText(map) {
  const { lat: latitude, lng: longitude } = map.getCenter();
  return `${latitude.toFixed(5)},${longitude.toFixed(5)},${map.getZoom()}`;
}

/**
 * The part of the map that a place's panel and the other cards leave free.
 * @param {L.Map} map
 * @param {HTMLElement} cover the panel: at the left, or at the foot of a narrow screen
 * @returns {L.Bounds} pixels of the map's container
 */
function roomBeside(map, cover) {
  const size = map.getSize();
  const bar = /** @type {HTMLElement} */ (map.getContainer().querySelector(".time-bar"));
  if (cover.offsetWidth > size.x / 2) return L.bounds([20, 140], [size.x - 20, Math.max(140, cover.offsetTop - 20)]);
  const left = cover.offsetLeft + cover.offsetWidth + 40;
  const right = size.x - (isRoomy(map) ? 340 : 40);
  return L.bounds([left, Math.min(70, size.y / 6)], [Math.max(left, right), bar.offsetTop - 40]);
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
  const room = roomBeside(map, cover);
  const [low, high] = [room.min ?? L.point(0, 0), room.max ?? map.getSize()];
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
  const room = roomBeside(map, cover);
  const bounds = place < data.areaCount
    ? L.latLngBounds(/** @type {any} */ (ringsOf(data, place).flat()))
    : L.latLngBounds([[places.latitude[place], places.longitude[place]]]);
  const options = {
    paddingTopLeft: room.min,
    paddingBottomRight: map.getSize().subtract(room.max ?? [0, 0]),
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
export function ringsOf(/** @type {import("./decode.js").MapData} */ data, /** @type {number} */ place) {
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
