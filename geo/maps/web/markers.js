/** Points over the areas: what changed on the day, and the places that documents name. */
/* global L */

const EXACT_UP_TO = 2; // UCDP where_prec: 1 exact, 2 near a point; beyond that a place is not a point

/**
 * Points at the places that change on the current day, in the colour of the side that gains; a small open
 * ring where the day is only the first on which the change is possible.
 * @param {import("./decode.js").MapData} data
 * @param {(place: number) => void} onSelect
 */
export function changeMarkers(data, onSelect) {
  const { places, states, actors } = data.header;
  const group = L.layerGroup();
  const show = (/** @type {{place: number, after: number}[]} */ changes) => {
    group.clearLayers();
    for (const { place, after } of changes) {
      const state = states[after];
      const gaining = state.contender >= 0 ? state.contender : state.actor;
      L.circleMarker([places.latitude[place], places.longitude[place]], {
        pane: "changes",
        radius: state.undecided ? 3.5 : 5.5,
        weight: 2,
        color: state.undecided ? "#1c2733" : "#fff",
        fillColor: gaining < 0 ? "#9ca0a4" : actors[gaining].colour,
        fillOpacity: state.undecided ? 0.25 : 1,
        className: "change-marker",
        bubblingMouseEvents: false,
      })
        .on("click", () => onSelect(place))
        .addTo(group);
    }
  };
  return { group, show };
}

/**
 * Diamonds at the places that documents name; a district, province or country gets its extent or a
 * broken ring, never a point.
 * @param {import("./decode.js").MapData} data
 * @param {(place: number) => void} onSelect
 */
export function mentionMarkers(data, onSelect) {
  const { places, mentions } = data.header;
  const group = L.layerGroup();
  for (const place of [...new Set(mentions.place)]) {
    const at = [places.latitude[place], places.longitude[place]];
    const exact = places.precision[place] <= EXACT_UP_TO;
    const documents = mentions.place.filter((/** @type {number} */ other) => other === place).length;
    const label = document.createElement("span");
    label.append(Object.assign(document.createElement("bdi"), { dir: "auto", textContent: places.name[place] }));
    label.append(` · named in ${documents} ${documents === 1 ? "document" : "documents"}${exact ? "" : " · not a point"}`);
    const icon = L.divIcon({ className: exact ? "mention" : "mention vague", iconSize: exact ? [10, 10] : [26, 26] });
    L.marker(at, { icon, pane: "mentions", keyboard: true, alt: `${places.name[place]}: named in documents`, bubblingMouseEvents: false })
      .bindTooltip(label, { direction: "top", offset: [0, -8], className: "hover" })
      .on("click", () => onSelect(place))
      .addTo(group);
  }
  return group;
}
