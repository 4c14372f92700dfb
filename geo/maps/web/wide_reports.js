/**
 * Reports about places without ground of their own on the map: a district, a province, a region, a place beyond the
 * map's areas. Such a report colours nothing; on its day it is listed, and drawn as far as its place reaches.
 */
/* global L */
import { shapeOf } from "./markers.js";

/**
 * @typedef {object} WideReport
 * @property {number} place
 * @property {number} event
 * @property {number} first day on which it may have happened
 * @property {number} last
 */

const LINE = /** @type {const} */ ({
  pane: "mentions", fill: false, weight: 4, dashArray: "9 6", bubblingMouseEvents: false, className: "wide-report",
});
const NOBODY = "#5b6b7a";

/**
 * The reports that count, in the events' order.
 * @param {import("./decode.js").MapData} data
 * @returns {WideReport[]}
 */
export function wideReports({ header: { events }, areaCount }) {
  return events.place.flatMap((place, event) =>
    place >= areaCount && events.changes_map[event] && events.corroborates[event] < 0
      ? [{ place, event, first: events.earliest[event], last: events.latest[event] }]
      : []);
}

/**
 * Those of one day, or between two dates, that the view's filters let pass.
 * @param {WideReport[]} reports
 * @param {import("./payload").Events} events
 * @param {import("./view.js").View} view
 */
export function reportsShown(reports, events, view) {
  return reports.filter(({ event, first, last }) => {
    const [from, to] = view.when === "earliest" ? [first, first] : view.when === "latest" ? [last, last] : [first, last];
    const concerns = view.actor < 0 || events.from[event] === view.actor || events.to[event] === view.actor;
    const isInTime = view.mode === "day" ? from <= view.day && view.day <= to : view.from < to && from <= view.day;
    return isInTime && concerns && (!view.basis || events.basis[event] === view.basis);
  });
}

/** The places of reports as far as they reach, in the colour of the side that gains. */
export class WideReportLayer extends L.LayerGroup {
  /**
   * @param {import("./payload").Header} header
   * @param {(place: number) => void} onSelect
   */
  constructor(header, onSelect) {
    super();
    this.header = header;
    this.onSelect = onSelect;
  }

  /** @param {WideReport[]} reports */
  show(reports) {
    const { places, events, extents, actors } = this.header;
    this.clearLayers();
    for (const { place, event } of reports) {
      const extent = extents.find((other) => other.place === place);
      const color = events.to[event] < 0 ? NOBODY : actors[events.to[event]].colour;
      const line = { ...LINE, color };
      const at = L.latLng(places.latitude[place], places.longitude[place]);
      const shape = shapeOf(at, extent, "mention wide-report", `${places.name[place]}: reported`, line);
      this.addLayer(shape.on("click", () => this.onSelect(place)));
    }
  }
}
