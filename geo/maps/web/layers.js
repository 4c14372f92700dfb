/** Which layers can be switched on and off, and which are on. */

/**
 * @typedef {object} Layer
 * @property {string} id
 * @property {string} label
 * @property {boolean} on
 * @property {(on: boolean) => void} show
 */

/**
 * @param {L.Map} map
 * @param {import("./payload").Header} header
 * @param {Record<string, any>} shown Leaflet layers, and functions that switch, by id
 * @param {string | undefined} wanted ids separated by commas, as the link has them
 * @returns {Layer[]}
 */
export function layerList(map, header, shown, wanted) {
  const chosen = wanted?.split(",");
  const hasLocal = header.places.name_local.some(Boolean);
  const all = [
    { id: "areas", label: "Areas", on: true },
    { id: "front", label: "Front line", on: false },
    { id: "labels", label: "Place names", on: true },
    { id: "local", label: "Names in local script", on: false, missing: !hasLocal },
    { id: "changes", label: "Changes of the day", on: true },
    { id: "mentions", label: "Places named in documents", on: false },
    { id: "graticule", label: "Graticule", on: true },
    { id: "street", label: "Street map (online)", on: false, missing: !shown.street },
  ];
  return all
    .filter((layer) => !layer.missing)
    .map(({ id, label, on }) => ({ id, label, on: chosen ? chosen.includes(id) : on, show: switchOf(map, shown[id]) }));
}

/** @param {L.Map} map @param {any} layer a Leaflet layer, or a function that switches */
function switchOf(map, layer) {
  return (/** @type {boolean} */ on) => {
    if (typeof layer === "function") layer(on);
    else if (on) map.addLayer(layer);
    else map.removeLayer(layer);
  };
}

/** As the link has them. @param {Layer[]} layers */
export function layersText(layers) {
  return layers.filter((layer) => layer.on).map((layer) => layer.id).join(",") || "none";
}
