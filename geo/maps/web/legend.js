/** The legend: what each colour and pattern means, how much each side has on the day, and the layers. */
import { h, name } from "./dom.js";
import { patternOf, swatch } from "./ink.js";
import { sharesOf } from "./shares.js";
import { km2 } from "./words.js";

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./words.js").Words} words
 * @param {{layers: {id: string, label: string, on: boolean}[], onLayer: (id: string, on: boolean) => void,
 *   onSelect: (place: number) => void, open: boolean}} options
 */
export function legend(data, timeline, words, { layers, onLayer, onSelect, open }) {
  const { actors, places, states } = data.header;
  const bar = h("div", { class: "share-bar", role: "img" });
  const rows = h("tbody");
  const today = h("ul");
  const element = h(
    "details",
    { class: "card legend", open },
    h("summary", {}, h("span", { class: "legend-title" }, "Control"), bar),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { colspan: 2 }, "Held by"), h("th", {}, "km²"), h("th", {}, "share"))), rows),
    h("ul", { class: "patterns" }, ...patternKey(states, actors)),
    h("fieldset", { class: "layers" }, h("legend", {}, "Layers"), ...layers.map((layer) => layerSwitch(layer, onLayer))),
    h("section", { class: "today" }, h("h2", {}, "On this day"), today),
  );

  function show() {
    const lines = shareLines(sharesOf(timeline, data), actors);
    rows.replaceChildren(...lines.map(shareRow));
    bar.replaceChildren(...lines.map((line) => h("span", { style: `flex-grow:${line.area_km2};background:${line.ink}` })));
    bar.setAttribute("aria-label", lines.map((line) => `${line.label} ${line.share_pct.toFixed(1)} percent`).join(", "));
    const certainFirst = timeline.changesOn(timeline.day).sort((a, b) => Number(states[a.after].undecided) - Number(states[b.after].undecided));
    const changes = certainFirst.map(({ place, after }) =>
      h("li", {}, h("button", { type: "button", onclick: () => onSelect(place) },
        h("i", { class: "swatch", style: `background-image:url(${swatch(states[after], actors)})` }),
        name(places.name[place]))),
    );
    today.replaceChildren(...(changes.length ? changes : [h("li", { class: "none" }, "No change recorded.")]));
  }
  return { element, show };
}

/**
 * @param {ReturnType<typeof sharesOf>} shares
 * @param {{name: string, colour: string}[]} actors
 */
function shareLines(shares, actors) {
  const lines = [
    ...actors.map((actor, i) => ({ label: actor.name, ink: actor.colour, area_km2: shares.actors[i] })),
    { label: "Contested, other side not named", ink: "repeating-linear-gradient(135deg,#8d8f92 0 3px,#f4f2ec 3px 6px)", area_km2: shares.contested },
    { label: "Not known", ink: "#9ca0a4", area_km2: shares.unknown },
  ];
  return lines.filter((line) => line.area_km2 > 0).map((line) => ({ ...line, share_pct: (100 * line.area_km2) / shares.total }));
}

/** @param {ReturnType<typeof shareLines>[number]} line */
function shareRow(line) {
  return h("tr", {},
    h("td", {}, h("i", { class: "swatch", style: `background:${line.ink}` })),
    h("th", { scope: "row" }, name(line.label)),
    h("td", { class: "figure" }, km2(line.area_km2)),
    h("td", { class: "figure" }, `${line.share_pct.toFixed(1)} %`));
}

const READINGS = [
  { pattern: "plain", basis: "observed", text: "a source names the place" },
  { pattern: "plain", basis: "inferred", text: "inferred from its position" },
  { pattern: "stripes", text: "contested: each side holds a part" },
  { pattern: "blocks", text: "day of the change not known exactly" },
  { pattern: "crosshatch", text: "mixed control" },
  { pattern: "rings", text: "besieged" },
  { pattern: "lines", text: "a claim, not confirmed" },
  { pattern: "dots", text: "not known" },
];

/** One line for each way of drawing that this map uses, shown with one of its own states. */
function patternKey(/** @type {any[]} */ states, /** @type {any[]} */ actors) {
  return READINGS.flatMap(({ pattern, basis, text }) => {
    const example = states.slice(1).find((state) => patternOf(state) === pattern && (!basis || state.basis === basis));
    if (!example) return [];
    return [h("li", {}, h("i", { class: "swatch wide", style: `background-image:url(${swatch(example, actors)})` }), text)];
  });
}

/**
 * @param {{id: string, label: string, on: boolean}} layer
 * @param {(id: string, on: boolean) => void} onLayer
 */
function layerSwitch({ id, label, on }, onLayer) {
  const box = h("input", { type: "checkbox", name: id, checked: on, onchange: () => onLayer(id, box.checked) });
  return h("label", {}, box, label);
}
