/** The legend: what each colour and pattern means, how much each side has or gained, the layers, the changes. */
import { STEPS } from "./evidence_age.js";
import { constants as CONSTANTS } from "./ink_constants.js";
import { h, name } from "./dom.js";
import { checkbox } from "./fields.js";
import { filterFields } from "./filters.js";
import { patternOf } from "./ink.js";
import { UNCHANGED } from "./painting.js";
import { gainsTable, HATCHED } from "./range_view.js";
import { sharesOf } from "./shares.js";
import { km2, rowOf } from "./words.js";

const NOBODY = `rgb(${CONSTANTS.nobody.join(" ")})`;
const LISTED_AT_MOST = 60;
/** Where the map is lower than this, the layers are folded, so that the changes of the day are in sight. */
const ALL_OPEN_FROM_PX = 900;

/**
 * @typedef {object} Layer
 * @property {string} id
 * @property {string} label
 * @property {boolean} on
 */

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./view.js").View} view
 * @param {import("./words.js").Words} words
 * @param {ReturnType<typeof import("./swatches.js").swatches>} swatch
 * @param {{layers: Layer[], onLayer: (id: string, on: boolean) => void, onSelect: (place: number) => void,
 *   set: (changes: Partial<import("./view.js").View>) => void, open: boolean}} options
 */
export function legend(data, view, words, swatch, { layers, onLayer, onSelect, set, open }) {
  const { actors, places, states, events } = data.header;
  const bar = h("div", { class: "share-bar", role: "img" });
  const rows = h("tbody");
  const head = h("tr", {}, h("th", { colspan: 2 }, "Held by"), h("th", {}, "km²"), h("th", {}, "share"));
  const shares = h("table", {}, h("thead", {}, head), rows);
  const gains = gainsTable(data.header);
  const patterns = h("ul", { class: "patterns" });
  const listTitle = h("h2", {}, "On this day");
  const list = h("ul");
  const element = h(
    "details",
    { class: "card legend", open },
    h("summary", {}, h("span", { class: "legend-title" }, "Control"), bar),
    shares,
    gains.element,
    h("details", { class: "part key", open: true }, h("summary", {}, "Patterns"), patterns),
    h("details", { class: "part layers", open: window.innerHeight >= ALL_OPEN_FROM_PX }, h("summary", {}, "Layers"),
      h("fieldset", {}, h("legend", { class: "unseen" }, "Layers"),
        ...layers.map(({ id, label, on }) => checkbox(label, id, on, (now) => onLayer(id, now))))),
    h("section", { class: "today" }, listTitle, filterFields(actors, view, set), list),
  );

  /** Which tables and patterns belong to the view; needed after a change of mode or fading. */
  function setUp() {
    shares.hidden = view.mode !== "day";
    gains.element.hidden = view.mode === "day";
    rows.replaceChildren();
    gains.clear();
    listTitle.textContent = view.mode === "day" ? "On this day" : "Places that changed";
    patterns.replaceChildren(
      ...(view.mode === "range" ? differenceKey(states, swatch) : []),
      ...patternKey(data, view, words, swatch),
      ...(view.fade && view.mode !== "range" ? ageKey(states, swatch) : []),
    );
  }

  /**
   * The figures of the day, or of the time between two days.
   * @param {import("./shares.js").Ground} ground
   * @param {import("./range.js").Between | null} between
   */
  function show(ground, between) {
    const lines = shareLines(sharesOf(ground), actors);
    const inks = lines.map(({ ink }) => ink).join("\n");
    if (bar.dataset.inks !== inks) bar.replaceChildren(...lines.map(({ ink }) => h("span", { style: `background:${ink}` })));
    bar.dataset.inks = inks;
    lines.forEach((line, k) => (bar.children[k].style.flexGrow = line.area_km2));
    bar.setAttribute("aria-label", lines.map((line) => `${line.label} ${line.share_pct.toFixed(1)} percent`).join(", "));
    if (between) gains.show(between);
    else showShares(lines);
  }

  /** Only figures change from day to day as a rule. @param {ReturnType<typeof shareLines>} lines */
  function showShares(lines) {
    const labels = lines.map(({ label }) => label).join("\n");
    if (rows.dataset.labels !== labels || !rows.children.length) rows.replaceChildren(...lines.map(shareRow));
    rows.dataset.labels = labels;
    lines.forEach(({ area_km2, share_pct }, k) => {
      const [, , area, share] = rows.children[k].children;
      write(area, km2(area_km2));
      write(share, `${share_pct.toFixed(1)} %`);
    });
  }

  /**
   * @param {import("./changes.js").Changes} changes that pass the filters
   * @param {import("./wide_reports.js").WideReport[]} wide reports that do
   */
  function listChanges(changes, wide) {
    const { place: changed, after } = changes;
    const certainFirst = [...changed.keys()].sort((a, b) => Number(states[after[a]].undecided) - Number(states[after[b]].undecided));
    const items = certainFirst.slice(0, LISTED_AT_MOST).map((k) => placeLine(changed[k], words.state(states[after[k]]), swatch(after[k])));
    if (changed.length > LISTED_AT_MOST) {
      items.push(h("li", { class: "none" }, `and ${changed.length - LISTED_AT_MOST} more: see the table under More`));
    }
    items.push(...wide.map(wideLine));
    list.replaceChildren(...(items.length ? items : [h("li", { class: "none" }, "No change recorded.")]));
  }

  /**
   * @param {number} place
   * @param {string} title
   * @param {Node} picture
   * @param {Node | string} more
   */
  function placeLine(place, title, picture, more = "") {
    const text = h("span", {}, name(places.name[place]), more);
    return h("li", {}, h("button", { type: "button", title, onclick: () => onSelect(place) }, picture, text));
  }

  /** A report that names no more than a district, or a place beyond the areas. */
  function wideLine(/** @type {import("./wide_reports.js").WideReport} */ { place, event }) {
    const row = rowOf(events, event);
    const ink = row.to < 0 ? NOBODY : actors[row.to].colour;
    const what = `${words.event(row)}, ${words.eventDate(row)}`;
    return placeLine(place, what, h("i", { class: "swatch ring", style: `border-color:${ink}` }), h("small", {}, what));
  }
  return { element, setUp, show, list: listChanges };
}

/**
 * @param {ReturnType<typeof sharesOf>} shares
 * @param {{name: string, colour: string}[]} actors
 */
function shareLines(shares, actors) {
  const lines = [
    ...actors.map((actor, i) => ({ label: actor.name, ink: actor.colour, area_km2: shares.actors[i] })),
    { label: "Contested, other side not named", ink: HATCHED, area_km2: shares.contested },
    { label: "Not known", ink: NOBODY, area_km2: shares.unknown },
  ];
  return lines.filter((line) => line.area_km2 > 0)
    .map((line) => ({ ...line, share_pct: (100 * line.area_km2) / shares.total }));
}

/** @param {ReturnType<typeof shareLines>[number]} line */
function shareRow(line) {
  return h("tr", {},
    h("td", {}, h("i", { class: "swatch", style: `background:${line.ink}` })),
    h("th", { scope: "row" }, name(line.label)),
    h("td", { class: "figure" }),
    h("td", { class: "figure" }));
}

/** @param {Element} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/**
 * One line for each way of drawing that this map uses as its dates are read, shown with one of its own states.
 * @param {import("./decode.js").MapData} data
 * @param {import("./view.js").View} view
 * @param {import("./words.js").Words} words
 * @param {ReturnType<typeof import("./swatches.js").swatches>} swatch
 */
function patternKey(data, { when }, words, swatch) {
  const { states } = data.header;
  const isDrawn = statesDrawn(data, data.readings[when] ?? data.readings.doubt);
  return CONSTANTS.readings.flatMap(({ pattern, basis, text }) => {
    const example = states.findIndex((state, k) =>
      isDrawn[k] === 1 && patternOf(state) === pattern && (!basis || state.basis === basis));
    return example < 0 ? [] : [keyLine(swatch(example, "swatch wide"), basis ? words.basis(basis) : text)];
  });
}

/**
 * 1 for each state that some place has on some day.
 * @param {import("./decode.js").MapData} data
 * @param {import("./decode.js").Intervals} intervals
 */
function statesDrawn({ areaCount, header: { states } }, { intervalStart, intervalDay, intervalState }) {
  const isDrawn = new Uint8Array(states.length);
  for (let k = 0; k < intervalState.length; k++) isDrawn[intervalState[k]] = 1;
  for (let place = 0; place < areaCount; place++) { // the first state is that of a place of which nothing is recorded
    const first = intervalStart[place];
    if (first === intervalStart[place + 1] || intervalDay[first] > 0) isDrawn[0] = 1;
  }
  return isDrawn;
}

/** The state that lines about strength are shown with. @param {any[]} states */
function plainState(states) {
  return Math.max(0, states.findIndex((state, k) => k > 0 && patternOf(state) === "plain" && state.basis === "observed"));
}

/** @param {any[]} states @param {ReturnType<typeof import("./swatches.js").swatches>} swatch */
function ageKey(states, swatch) {
  return STEPS.map(({ strong, text }) => keyLine(swatch(plainState(states), "swatch wide", strong), text));
}

/** @param {any[]} states @param {ReturnType<typeof import("./swatches.js").swatches>} swatch */
function differenceKey(states, swatch) {
  const example = plainState(states);
  return [
    keyLine(swatch(example, "swatch wide"), "strong: changed; the side that has it now"),
    keyLine(swatch(example, "swatch wide", UNCHANGED), "pale: as it was"),
  ];
}

/** @param {Node} picture @param {string} text */
function keyLine(picture, text) {
  return h("li", {}, picture, text);
}
