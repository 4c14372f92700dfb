/** Places that documents name, as markers over the areas. */
/* global L */
import { h, name } from "./dom.js";
import { POINT_PX, RING_PX } from "./labels.js";

const BROKEN_LINE = /** @type {const} */ ({
  pane: "mentions", fill: false, color: "#1c2733", weight: 1.5, dashArray: "5 5", bubblingMouseEvents: false,
});

/**
 * Diamonds at the places that documents name. A place that is not a point is drawn as far as it reaches: the outline
 * of its parts, or a circle of its area; where neither is known, a broken ring that says so.
 * @param {import("./decode.js").MapData} data
 * @param {(place: number) => void} onSelect
 */
export function mentionMarkers(data, onSelect) {
  const { places, mentions, extents } = data.header;
  const group = L.layerGroup();
  for (const place of new Set(mentions.place.filter(isPlace))) {
    const at = L.latLng(places.latitude[place], places.longitude[place]);
    const extent = extents.find((/** @type {{place: number}} */ other) => other.place === place);
    const documents = mentions.place.filter((/** @type {number} */ other) => other === place).length;
    const counted = ` · named in ${documents} ${documents === 1 ? "document" : "documents"}`;
    const label = h("span", {}, name(places.name[place]), counted, extent ? ` · ${reachOf(extent)}` : "");
    shapeOf(at, extent, "mention", `${places.name[place]}: named in documents`)
      .bindTooltip(label, { direction: "top", sticky: Boolean(extent), offset: [0, -8], className: "hover" })
      .on("click", () => onSelect(place))
      .addTo(group);
  }
  return group;
}

/** The places at which a diamond or a ring stands, and how far it reaches. @param {import("./payload").Header} header */
export function mentionMarks({ mentions, extents }) {
  const kinds = new Map(extents.map(({ place, kind }) => [place, kind]));
  const marked = mentions.place.filter((place) => isPlace(place) && (kinds.get(place) ?? "unknown") === "unknown");
  return new Map(marked.map((place) => [place, kinds.has(place) ? RING_PX : POINT_PX]));
}

/** Those of some places that a ring stands at. @param {import("./payload").Header} header @param {number[]} places */
export function ringsAt({ extents }, places) {
  return places.filter((place) => extents.some((other) => other.place === place && other.kind === "unknown"));
}

/** Not where a document was not out yet, see known.js. @param {number} place */
const isPlace = (place) => place >= 0;

/** What an extent means, in words. @param {import("./payload").Extent} extent */
export function reachOf({ kind }) {
  return kind === "unknown" ? "somewhere in it, not at this point" : "the whole of it";
}

/**
 * @param {L.LatLng} at
 * @param {import("./payload").Extent | undefined} extent none for a point
 * @param {string} kind class of what is not a line
 * @param {string} label for screen readers
 * @param {L.PathOptions} line
 * @returns {any} a Leaflet layer
 */
export function shapeOf(at, extent, kind, label, line = BROKEN_LINE) {
  if (extent?.kind === "areas") return L.polygon(extent.outline.map((ring) => [ring]), line);
  if (extent?.kind === "radius") return L.circle(at, { ...line, radius: 1000 * Number(extent.radius_km) });
  const icon = L.divIcon({ className: extent ? `${kind} vague` : kind, iconSize: extent ? [26, 26] : [10, 10] });
  const marker = L.marker(at, { icon, pane: "mentions", keyboard: true, bubblingMouseEvents: false });
  marker.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && marker.fire("click"));
  return marker.on("add", () => {
    const element = /** @type {HTMLElement} */ (marker.getElement());
    element.style.color = line.color ?? "";
    element.setAttribute("aria-label", label); // Leaflet names pictures only
  });
}
