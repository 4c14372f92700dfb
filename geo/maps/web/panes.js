/** A map even before its data is there: the view, panes, coasts, attribution, buttons. */
/* global L */
import { addLand } from "./base.js";
import { frame } from "./position.js";

const PANES = { base: 150, graticule: 350, areas: 400, labels: 450, outline: 610, changes: 620, mentions: 630 };
const FOR_THE_EYE = ["labels", "areas", "outline", "changes"];

/**
 * @param {L.Map} map
 * @param {import("./payload").Header["bounds"]} bounds of the areas
 * @param {string | undefined} view of the link
 * @param {any} land GeoJSON of the coasts
 */
export function prepare(map, bounds, view, land) {
  frame(map, bounds, view); // before there is anything that would have to be drawn again for it
  for (const [pane, order] of Object.entries(PANES)) map.createPane(pane).style.zIndex = String(order);
  for (const pane of FOR_THE_EYE) /** @type {HTMLElement} */ (map.getPane(pane)).style.pointerEvents = "none";
  map.attributionControl.setPrefix("Leaflet");
  addLand(map, land);
  L.control.zoom({ position: "bottomleft" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
}
