/**
 * Puts the time layer on a Leaflet map and keeps map, bar, legend, panel and link in step.
 *
 * @typedef {object} Config
 * @property {{url?: string, base64?: string}} data
 * @property {string} dataset        its id
 * @property {[[number, number], [number, number]]} bounds  of the areas: south west, north east; latitude first
 * @property {any} land             GeoJSON of the coasts
 * @property {import("./binary.js").Source | null} known  what the map showed as its records became known
 * @property {boolean} inHash       the link lives after # (a saved file) instead of in the page's query
 * @property {boolean} network      whether a street map may be offered
 * @property {string | null} evidencePage  address of the page that shows documents, where there is one
 */
/* global L */
import { announcer } from "./announce.js";
import { Graticule, streetMap } from "./base.js";
import { NO_CHANGES, passing } from "./changes.js";
import { h, name } from "./dom.js";
import { checkbox, choice, closeCheckbox } from "./fields.js";
import { changeFilter, isFiltered } from "./filters.js";
import { countByDay } from "./histogram.js";
import { hover } from "./hover.js";
import { listenToKeys } from "./keys.js";
import { knownRow } from "./known_row.js";
import { LabelLayer } from "./labels.js";
import { layerList, layersText } from "./layers.js";
import { legend } from "./legend.js";
import { Link, linkWindow } from "./link.js";
import { mentionMarkers, mentionMarks, ringsAt } from "./markers.js";
import { menu } from "./menu.js";
import { panel } from "./panel.js";
import { prepare } from "./panes.js";
import { inTurn, rested } from "./pace.js";
import { PointLayer } from "./points.js";
import { flyTo, isRoomy, mapKeys, outlineOf, reveal, viewText } from "./position.js";
import { changedBetween } from "./range.js";
import { saveButton } from "./save.js";
import { Scene } from "./scene.js";
import { searchBox } from "./search.js";
import { stateTable } from "./state_table.js";
import { swatches } from "./swatches.js";
import { timeBar } from "./time_bar.js";
import { copyButton, notice, titleCard } from "./title.js";
import { datesElsewhere, otherVersion, readView, writeView } from "./view.js";
import { reportsShown, WideReportLayer, wideReports } from "./wide_reports.js";
import { Words } from "./words.js";

/** Lists, labels and links follow once the date rests for so long. */
const REST_MS = 150;
/** Points, texts and the legend's figures follow a moving date so often. */
const FOLLOW_MS = 150;
const NOT_KNOWN = "This link asks for what was known on an earlier day. This map cannot tell that; you see what is known now.";
const WHEN = /** @type {[import("./timeline.js").When, string][]} */ ([
  ["doubt", "show the doubt"], ["earliest", "earliest possible"], ["latest", "latest possible"],
]);

/**
 * @param {L.Map} map
 * @param {Config} config
 * @param {Promise<import("./decode.js").MapData>} loading the data, which was asked for before there was a map
 */
export async function start(map, config, loading) {
  const box = map.getContainer();
  const link = new Link(config.inHash ? window : linkWindow(), config.dataset, config.inHash);
  const wanted = link.read();
  prepare(map, config.bounds, wanted.view, config.land);
  try {
    const data = await loading;
    return await show(map, config, data, link, wanted);
  } catch (error) {
    box.append(notice("The map's data could not be loaded. Reload the page; if that does not help, " +
      "run python -m geo build again."));
    throw error;
  }
}

/**
 * @param {L.Map} map
 * @param {Config} config
 * @param {import("./decode.js").MapData} data
 * @param {Link} link
 * @param {Partial<import("./link.js").LinkState>} wanted what it says
 */
async function show(map, config, data, link, wanted) {
  const { header } = data;
  const box = map.getContainer();
  const words = new Words(header);
  const view = readView(wanted, header, words);
  const known = knownRow(data, config.known, view, words, set);
  const isKnown = await openKnownThen();
  map.attributionControl.addAttribution(name(header.attribution.join(" · ")).outerHTML);

  const scene = new Scene(map, data, view, words);
  scene.group.addTo(map);
  await shown(); // the country is seen while the rest is built
  performance.mark("country drawn");
  const { timeline } = scene;
  const labels = new LabelLayer(header.places, data.areaCount, header.unnamed, header.towns);
  labels.covered = scene.swipe.marks;
  scene.swipe.whenAtRest(() => labels.coveredAnew());
  const follow = inTurn(FOLLOW_MS);
  const points = new PointLayer(data, follow);
  let reports = wideReports(data);
  const wide = new WideReportLayer(header, choose);
  const marked = { group: L.layerGroup(), on: false };
  const swatch = swatches(header);
  const layers = layerList(map, header, {
    areas: scene.group,
    front: (/** @type {boolean} */ on) => scene.setFront(on),
    labels,
    local: (/** @type {boolean} */ on) => labels.setLocal(on),
    changes: L.layerGroup([points, wide]),
    mentions: (/** @type {boolean} */ on) => mark(on),
    graticule: new Graticule(),
    street: config.network ? streetMap(() => box.append(notice("The street map cannot be loaded: no internet?"))) : null,
  }, wanted.layers);

  const key = legend(data, view, words, swatch, { layers, onLayer: setLayer, onSelect: choose, set, open: isRoomy(map) });
  const { evidencePage } = config;
  const detail = panel(data, timeline, words, swatch, { onClose: () => select(-1), onDay: (day) => set({ day }), evidencePage, asKnown: () => words.asKnown(view), copyButton: () => copyButton(link) });
  const table = stateTable(data, words, choose);
  const search = searchBox(header.places, (place) => {
    select(place);
    flyTo(map, data, place, detail.element);
    detail.focus();
  });
  const fade = checkbox("Fade with the age of the evidence", "fade", view.fade, (on) => set({ fade: on }));
  const bar = timeBar(view, timeline.dayCount - 1, words, set, (fields) => menu("More", [
    ...fields,
    choice("Date of a change", "reading", WHEN, view.when,
      (when) => set({ when: /** @type {import("./timeline.js").When} */ (when) })),
    fade,
    h("button", { type: "button", class: "open-table", onclick: () => table.open(view, timeline, between()) }, "Table of places"),
    saveButton(map, header, () => ({ period: words.period(view), legend: key.element })),
  ]), known, follow);
  const voice = announcer();
  const title = titleCard(header, link);
  box.append(title, search.element, detail.element, bar.element, key.element, table.element, voice.element);
  measure(box, { "--bar": bar.element, "--title": title });
  keepClicks(box);
  for (const layer of layers) layer.show(layer.on);

  let selected = -1;
  let passes = changeFilter(header.states, view);
  /** What is to be seen of the view's dates: changes that are listed, those marked on the map, reports on districts. */
  const seen = { changes: NO_CHANGES, marked: NO_CHANGES, wider: /** @type {import("./wide_reports.js").WideReport[]} */ ([]) };
  const resting = rested(rest, REST_MS);
  const outline = L.layerGroup().addTo(map);

  /** The one way in which the view changes. */
  function set(/** @type {Partial<import("./view.js").View>} */ changes) {
    const rebuilt = ["mode", "when", "fade", "known", "clock"].some((part) => part in changes);
    Object.assign(view, changes);
    if ("known" in changes) learn();
    if ("mode" in changes && view.mode !== "day" && view.day === 0) view.day = timeline.dayCount - 1;
    view.from = view.mode === "day" ? view.from : Math.min(view.from, view.day);
    if (rebuilt) setUp();
    else scene.move(view);
    if ("known" in changes) detail.open(selected);
    if ("actor" in changes || "basis" in changes) filter();
    refresh();
  }
  /** Turn all that knows the records to what was known then. */
  function learn() {
    known.turn();
    reports = wideReports(data);
    if (marked.on) mark(true);
  }
  /** Mark the places that documents name. @param {boolean} on */
  function mark(on) {
    marked.group.remove();
    if (on) marked.group = mentionMarkers(data, choose).addTo(map);
    marked.on = on;
    labels.setMarks(on ? mentionMarks(header) : new Map());
  }
  /** A link may ask for what was known on an earlier day: that is there before anything is drawn. */
  async function openKnownThen() {
    if (!view.known) return true;
    if (config.known) await known.load();
    return known.turn();
  }
  function setUp() {
    scene.setUp(view);
    setUpCards();
  }
  function setUpCards() {
    key.setUp();
    key.show(scene.ground, between());
    closeCheckbox(fade, view.mode === "range" ? "Not with a range: strong means changed." : "");
    filter();
  }
  function filter() {
    passes = changeFilter(header.states, view);
    const counts = countByDay(timeline, passes);
    for (const report of reportsShown(reports, header.events, { ...view, mode: "range", from: -1, day: counts.length })) {
      const day = view.when === "latest" ? report.last : report.first;
      if (day >= 0 && day < counts.length) counts[day]++;
    }
    bar.showCounts(counts);
  }
  function between() {
    return view.mode === "day" || !scene.earlier ? null : changedBetween(data, scene.earlier.state, timeline.state);
  }
  const showFigures = follow(() => key.show(scene.ground, between()));
  function refresh() {
    const difference = between();
    seen.changes = passing(difference ? difference.changes : timeline.changesOn(view.day), passes);
    seen.marked = difference ? NO_CHANGES : seen.changes;
    seen.wider = reportsShown(reports, header.events, view);
    points.show(seen.marked);
    wide.show(difference ? [] : seen.wider);
    bar.show(() => counted() + words.asRead(view));
    known.show();
    showFigures();
    detail.show();
    resting();
    link.viewChanged();
  }
  /** How much there is to see, in words. */
  function counted() {
    const { changes, wider } = seen;
    return (view.mode === "day" ? words.changes(changes) : words.changedBetween(changes.place.length, view.day - view.from)) +
      words.wider(wider.length) + (isFiltered(view) ? " (filtered)" : "");
  }
  function rest() {
    const { changes, marked, wider } = seen;
    labels.setFirst([...marked.place], ringsAt(header, wider.map((report) => report.place)));
    key.list(changes, wider);
    voice.say(`${words.period(view)}: ${counted()}.`);
  }
  /** Select and, where panel or bar would cover the place, move it into sight. */
  function selectInSight(/** @type {number} */ place) {
    select(place);
    if (place >= 0) reveal(map, header.places, place, detail.element);
  }
  /** The same by a control: the keyboard goes on in the panel. */
  function choose(/** @type {number} */ place) {
    selectInSight(place);
    detail.focus();
  }
  function select(/** @type {number} */ place) {
    selected = place;
    outline.clearLayers();
    if (place >= 0) outline.addLayer(outlineOf(data, place));
    detail.open(place);
    box.classList.toggle("with-panel", place >= 0);
    link.write({ place: place < 0 ? "" : header.places.id[place] });
  }
  function setLayer(/** @type {string} */ id, /** @type {boolean} */ on) {
    const layer = layers.find((other) => other.id === id);
    if (!layer) return;
    layer.on = on;
    layer.show(on);
    link.write({ layers: layersText(layers) });
  }

  hover(map, scene, header, words);
  map.on("click", ({ containerPoint }) => {
    const point = points.placeAt(containerPoint);
    selectInSight(point >= 0 ? point : scene.at(containerPoint).place);
  });
  map.on("moveend", () => link.write({ view: viewText(map) }));
  listenToKeys({ ...bar.keys, ...mapKeys(map), "/": search.focus, Escape: () => selected >= 0 && select(-1) });
  link.view = () => ({ ...writeView(view, header, words), version: header.version });
  link.write({ view: viewText(map), layers: layersText(layers) });
  setUpCards();
  refresh();
  (wanted.view ? select : selectInSight)(header.places.id.indexOf(wanted.place ?? "")); // a link's own view stays as it is
  const told = [otherVersion(wanted, header), datesElsewhere(wanted, header, words), isKnown ? "" : NOT_KNOWN].filter(Boolean);
  if (told.length) box.append(notice(told.join(" ")));
  link.flush();
  return { map, data, timeline, link, areas: scene.areas, scene, view, set, setDay: (/** @type {number} */ day) => set({ day }), select };
}

/** Resolves once the browser has drawn what is there. */
const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Tell the style how high some cards are. */
function measure(/** @type {HTMLElement} */ box, /** @type {Record<string, HTMLElement>} */ cards) {
  const tell = () => {
    for (const [property, card] of Object.entries(cards)) box.style.setProperty(property, `${card.offsetHeight}px`);
  };
  const observer = new ResizeObserver(tell);
  tell();
  for (const card of Object.values(cards)) observer.observe(card);
}

/** A click or a turn of the wheel on a card is not one on the map. */
function keepClicks(/** @type {HTMLElement} */ box) {
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".card"))) {
    L.DomEvent.disableClickPropagation(card);
    L.DomEvent.disableScrollPropagation(card);
  }
}
