/** Places that documents name, as markers over the areas. */
/* global L */
import { h, name } from "./dom.js";

const BROKEN_LINE = { pane: "mentions", fill: false, color: "#1c2733", weight: 1.5, dashArray: "5 5", bubblingMouseEvents: false };

/**
 * Diamonds at the places that documents name. A place that is not a point is drawn as far as it reaches: the outline
 * of its parts, or a circle of its area; where neither is known, a broken ring that says so.
 * @param {import("./decode.js").MapData} data
 * @param {(place: number) => void} onSelect
 */
export function mentionMarkers(data, onSelect) {
  const { places, mentions, extents } = data.header;
  const group = L.layerGroup();
  for (const place of new Set(mentions.place)) {
    const at = L.latLng(places.latitude[place], places.longitude[place]);
    const extent = extents.find((/** @type {{place: number}} */ other) => other.place === place);
    const documents = mentions.place.filter((/** @type {number} */ other) => other === place).length;
    const precision = extent ? (extent.kind === "unknown" ? " · somewhere in it, not at this point" : " · the whole of it") : "";
    const label = h("span", {}, name(places.name[place]), ` · named in ${documents} ${documents === 1 ? "document" : "documents"}${precision}`);
    shapeOf(at, extent, `${places.name[place]}: named in documents`)
      .bindTooltip(label, { direction: "top", sticky: Boolean(extent), offset: [0, -8], className: "hover" })
      .on("click", () => onSelect(place))
      .addTo(group);
  }
  return group;
}

/**
 * @param {L.LatLng} at
 * @param {import("./payload").Extent | undefined} extent none for a point
 * @param {string} alt
 * @returns {L.Layer}
 */
function shapeOf(at, extent, alt) {
  if (extent?.kind === "areas") return L.polygon(extent.outline.map((ring) => [ring]), BROKEN_LINE);
  if (extent?.kind === "radius") return L.circle(at, { ...BROKEN_LINE, radius: 1000 * Number(extent.radius_km) });
  const icon = L.divIcon({ className: extent ? "mention vague" : "mention", iconSize: extent ? [26, 26] : [10, 10] });
  return L.marker(at, { icon, pane: "mentions", keyboard: true, alt, bubblingMouseEvents: false });
}
