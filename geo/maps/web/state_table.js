/** The map as a table, for those who do not see it or do not use a pointer: every place, who holds it, since when. */
import { h, name } from "./dom.js";
import { sinceDay } from "./panel.js";
import { foldName, spellings } from "./search.js";
import { km2 } from "./words.js";

const PAGE = 200;

/**
 * @param {import("./decode.js").MapData} data
 * @param {import("./words.js").Words} words
 * @param {(place: number) => void} onChoose
 */
export function stateTable(data, words, onChoose) {
  const { places, states } = data.header;
  const title = h("h1", { id: "table-title" });
  const field = h("input", {
    type: "text", "aria-label": "Show places whose name contains", placeholder: "Name contains", dir: "auto",
    oninput: () => fill(),
  });
  const close = h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×");
  const head = h("tr");
  const body = h("tbody");
  const more = h("button", { type: "button", class: "rest", onclick: () => grow() });
  const dialog = h("dialog", { class: "card table", "aria-labelledby": "table-title" },
    h("header", {}, title, field, close),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "table-title" },
      h("table", {}, h("thead", {}, head), body), more));
  /** @type {{place: number, cells: () => (Node | string)[]}[]} */
  let all = [];
  let rows = all;
  let shown = 0;
  /** @type {Map<number, string>} */
  let keys = new Map();
  dialog.addEventListener("keydown", (/** @type {Event} */ event) => event.stopPropagation());

  /**
   * @param {import("./view.js").View} view
   * @param {import("./timeline.js").Timeline} timeline
   * @param {import("./range.js").Between | null} between
   */
  function open(view, timeline, between) {
    if (!keys.size) for (const { place, key } of spellings(places)) keys.set(place, `${keys.get(place) ?? ""} ${key}`);
    if (between) {
      title.textContent = `What changed from ${words.period(view)}`;
      columns("Place", `On ${words.medium(view.from)}`, `On ${words.medium(view.day)}`, "km²");
      const { before, after } = between.changes;
      all = Array.from(between.changes.place, (place, k) => ({
        place,
        cells: () => [name(words.state(states[before[k]])), name(words.state(states[after[k]])), km2(places.area_km2[place])],
      }));
    } else {
      title.textContent = `Who held what on ${words.period(view)}`;
      columns("Place", "State", "Since", "Basis", "km²");
      all = Array.from({ length: data.areaCount }, (_, place) => ({ place, cells: () => stateCells(timeline, place) }));
    }
    all.sort((a, b) => places.name[a.place].localeCompare(places.name[b.place], undefined, { numeric: true }));
    field.value = "";
    fill();
    dialog.showModal();
  }

  function columns(/** @type {string[]} */ ...titles) {
    head.replaceChildren(...titles.map((text) => h("th", { scope: "col" }, text)));
  }

  /** @param {import("./timeline.js").Timeline} timeline @param {number} place */
  function stateCells(timeline, place) {
    const state = states[timeline.state[place]];
    const since = sinceDay(timeline, states, place);
    const known = state.actor >= 0;
    return [
      name(words.state(state)),
      known ? `${since === 0 ? "before " : ""}${words.medium(since)}` : "",
      known ? state.basis : "",
      km2(places.area_km2[place]),
    ];
  }

  function fill() {
    const wanted = foldName(field.value);
    rows = wanted ? all.filter(({ place }) => keys.get(place)?.includes(wanted)) : all;
    shown = 0;
    body.replaceChildren();
    grow();
  }

  function grow() {
    const next = rows.slice(shown, shown + PAGE);
    body.append(...next.map(({ place, cells }) => h("tr", {},
      h("th", { scope: "row" }, h("button", { type: "button", onclick: () => choose(place) }, name(places.name[place])), " ",
        places.name_local[place] && name(places.name_local[place], { class: "local" })),
      ...cells().map((cell) => h("td", {}, cell)))));
    shown += next.length;
    more.hidden = shown >= rows.length;
    more.textContent = `Show more (${rows.length - shown} to come)`;
  }

  function choose(/** @type {number} */ place) {
    dialog.close();
    onChoose(place);
  }
  return { element: dialog, open };
}
