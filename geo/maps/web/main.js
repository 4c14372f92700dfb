/**
 * Puts the time layer on a Leaflet map and keeps map, bar, legend, panel and link in step.
 *
 * @typedef {object} Config
 * @property {{url?: string, base64?: string}} data
 * @property {object} land          GeoJSON of the coasts
 * @property {boolean} inHash       the link lives after # (a saved file) instead of in the page's query
 * @property {boolean} network      whether a street map may be offered
 * @property {string | null} evidencePage  address of the page that shows documents, where there is one
 */
/* global L */
import { AreaLayer } from "./area_layer.js";
import { addLand, Graticule, streetMap } from "./base.js";
import { load } from "./decode.js";
import { h, name } from "./dom.js";
import { LabelLayer } from "./labels.js";
import { legend } from "./legend.js";
import { Link, linkWindow } from "./link.js";
import { changeMarkers, mentionMarkers } from "./markers.js";
import { panel, sinceDay } from "./panel.js";
import { timeBar } from "./time_bar.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

const PANES = { base: 150, graticule: 350, areas: 400, labels: 450, changes: 620, mentions: 630 };
const NARROW_PX = 720;

/**
 * @param {L.Map} map
 * @param {Config} config
 */
export async function start(map, config) {
  const box = map.getContainer();
  prepare(map, config);
  try {
    const data = await load(config.data);
    box.dataset.ready = "true";
    return show(map, config, data);
  } catch (error) {
    box.append(notice("The map's data could not be loaded. Reload the page; if that does not help, run python -m geo build again."));
    throw error;
  }
}

/** Panes, base and attribution: a map even before its data is there. */
function prepare(/** @type {L.Map} */ map, /** @type {Config} */ config) {
  for (const [pane, order] of Object.entries(PANES)) map.createPane(pane).style.zIndex = String(order);
  map.getPane("labels").style.pointerEvents = map.getPane("areas").style.pointerEvents = "none";
  map.attributionControl.setPrefix("Leaflet");
  addLand(map, config.land);
  L.control.zoom({ position: "bottomleft" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
}

/**
 * @param {L.Map} map
 * @param {Config} config
 * @param {import("./decode.js").MapData} data
 */
function show(map, config, data) {
  const { header } = data;
  const box = map.getContainer();
  const words = new Words(header);
  const timeline = new Timeline(data);
  const link = new Link(config.inHash ? window : linkWindow(), header.dataset.id, config.inHash);
  const wanted = link.read();
  map.attributionControl.addAttribution(name(header.attribution.join(" · ")).outerHTML);

  timeline.seek(words.day(wanted.date ?? null) ?? header.opening_day);
  const areas = new AreaLayer(data, timeline);
  const labels = new LabelLayer(header.places, data.areaCount);
  labels.options.pane = "labels";
  const changes = changeMarkers(data, selectInSight);
  const layers = layerList(header, {
    areas,
    labels,
    changes: changes.group,
    mentions: mentionMarkers(data, selectInSight),
    graticule: new Graticule(),
    street: config.network ? streetMap(() => box.append(notice("The street map cannot be loaded: no internet?"))) : null,
  }, wanted.layers);
  frame(map, header, wanted.view);

  const bar = timeBar(timeline, words, setDay);
  const key = legend(data, timeline, words, { layers, onLayer: setLayer, onSelect: selectInSight, open: box.clientWidth >= NARROW_PX });
  const detail = panel(data, timeline, words, { onClose: () => select(-1), onDay: setDay, evidencePage: config.evidencePage });
  box.append(titleCard(header, link), key.element, detail.element, bar.element);
  new ResizeObserver(() => box.style.setProperty("--bar", `${bar.element.offsetHeight}px`)).observe(bar.element);
  for (const element of box.querySelectorAll(".card")) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
  }
  for (const layer of layers) setLayer(layer.id, layer.on);

  let selected = -1;
  let outline = L.layerGroup().addTo(map);
  function setDay(/** @type {number} */ day) {
    areas.repaint(timeline.seek(day));
    refresh();
  }
  function refresh() {
    const today = timeline.changesOn(timeline.day);
    changes.show(today);
    labels.setFirst(today.map((change) => change.place));
    bar.show();
    key.show();
    detail.show();
    link.write({ date: words.iso(timeline.day), version: header.version });
  }
  /** Select and, where panel or bar would cover the place, move it into sight. */
  function selectInSight(/** @type {number} */ place) {
    select(place);
    if (place >= 0) reveal(map, header.places, place, detail.element);
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
    if (id === "local") labels.setLocal(on);
    else if (on) map.addLayer(layer.layer);
    else map.removeLayer(layer.layer);
    link.write({ layers: layers.filter((other) => other.on).map((other) => other.id).join(",") || "none" });
  }

  hover(map, areas, (place) => hoverText(header, timeline, words, place));
  map.on("click", (event) => selectInSight(layers[0].on ? areas.placeAt(event.containerPoint) : -1));
  map.on("moveend", () => link.write({ view: viewText(map) }));
  listenToKeys({ ...bar.keys, Escape: () => selected >= 0 && select(-1) });
  link.write({ view: viewText(map) });
  refresh();
  select(header.places.id.indexOf(wanted.place));
  if (wanted.version && wanted.version !== header.version) {
    box.append(notice(`This link was made with data version ${wanted.version}; you see version ${header.version}. Colours may differ.`));
  }
  link.flush();
  return { map, data, timeline, link, areas, setDay, select };
}

/**
 * @param {any} header
 * @param {Record<string, any>} shown
 * @param {string | undefined} wanted ids separated by commas, as the link has them
 */
function layerList(header, shown, wanted) {
  const chosen = wanted?.split(",");
  const hasLocal = header.places.name_local.some(Boolean);
  return [
    { id: "areas", label: "Areas", on: true },
    { id: "labels", label: "Place names", on: true },
    hasLocal && { id: "local", label: "Names in local script", on: false },
    { id: "changes", label: "Changes of the day", on: true },
    { id: "mentions", label: "Places named in documents", on: false },
    { id: "graticule", label: "Graticule", on: true },
    shown.street && { id: "street", label: "Street map (online)", on: false },
  ]
    .filter((layer) => layer)
    .map((layer) => ({ ...layer, layer: shown[layer.id], on: chosen ? chosen.includes(layer.id) : layer.on }));
}

/** The view of the link, else the whole of the dataset's areas. */
function frame(/** @type {L.Map} */ map, /** @type {any} */ header, /** @type {string | undefined} */ view) {
  const [latitude, longitude, zoom] = (view ?? "").split(",").map(Number);
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 && zoom >= 0 && zoom <= 19;
  if (valid) return map.setView([latitude, longitude], zoom, { animate: false });
  const wide = map.getSize().x >= NARROW_PX;
  map.fitBounds(header.bounds, { animate: false, paddingTopLeft: [16, wide ? 16 : 60], paddingBottomRight: [wide ? 330 : 16, wide ? 120 : 150] });
}

function viewText(/** @type {L.Map} */ map) {
  const { lat: latitude, lng: longitude } = map.getCenter();
  return `${latitude.toFixed(5)},${longitude.toFixed(5)},${map.getZoom()}`;
}

function titleCard(/** @type {any} */ header, /** @type {Link} */ link) {
  const copy = h("button", { type: "button", class: "copy", onclick: async () => {
    link.flush();
    await copyText(link.address());
    copy.textContent = "Link copied";
    setTimeout(() => (copy.textContent = "Copy link"), 2000);
  } }, "Copy link");
  return h("section", { class: "card title" },
    h("h1", {}, name(header.dataset.title)),
    header.dataset.title_local && h("p", { class: "local" }, name(header.dataset.title_local)),
    copy);
}

/** Copy with the clipboard's own interface where it is open to us, else through a text field. */
async function copyText(/** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    const field = h("textarea", { class: "offscreen" }, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function notice(/** @type {string} */ text) {
  const element = h("div", { class: "card notice", role: "status" }, text,
    h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => element.remove() }, "×"));
  return element;
}

/** Pan so that a place is not under its own panel. */
function reveal(/** @type {L.Map} */ map, /** @type {any} */ places, /** @type {number} */ place, /** @type {HTMLElement} */ cover) {
  const at = map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
  const size = map.getSize();
  const wide = size.x >= NARROW_PX;
  const low = L.point(wide ? cover.offsetLeft + cover.offsetWidth + 40 : 20, wide ? 40 : 140);
  const high = L.point(size.x - (wide ? 340 : 20), (wide ? size.y - 140 : cover.offsetTop - 20));
  const into = (/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ to) => Math.max(from, Math.min(to, value));
  const target = L.point(into(at.x, low.x, Math.max(low.x, high.x)), into(at.y, low.y, Math.max(low.y, high.y)));
  if (at.distanceTo(target) > 1) map.panBy(at.subtract(target));
}

/** The selected place's border. */
function outlineOf(/** @type {import("./decode.js").MapData} */ data, /** @type {number} */ place) {
  const { places } = data.header;
  const style = { pane: "changes", interactive: false, color: "#1c2733", weight: 2.5, fill: false };
  if (place >= data.areaCount) return L.circleMarker([places.latitude[place], places.longitude[place]], { ...style, radius: 14 });
  const rings = [];
  for (let ring = data.areaRings[place]; ring < data.areaRings[place + 1]; ring++) {
    const points = [];
    for (let k = data.ringStart[ring]; k < data.ringStart[ring + 1]; k++) {
      const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * data.y[k]))) * 180) / Math.PI;
      points.push([latitude, (data.x[k] - 0.5) * 360]);
    }
    rings.push(points);
  }
  return L.polygon(rings, style);
}

/** A tooltip that follows the pointer over the areas. */
function hover(/** @type {L.Map} */ map, /** @type {any} */ areas, /** @type {(place: number) => Node} */ text) {
  const tip = L.tooltip({ className: "hover", direction: "top", offset: [0, -10], opacity: 1 });
  let over = -1;
  map.on("mousemove", (event) => {
    const place = map.hasLayer(areas) ? areas.placeAt(event.containerPoint) : -1;
    if (place !== over && place >= 0) tip.setContent(text(place));
    over = place;
    if (place < 0) tip.remove();
    else tip.setLatLng(event.latlng).addTo(map);
  });
  map.on("mouseout", () => tip.remove());
}

/**
 * @param {any} header
 * @param {Timeline} timeline
 * @param {Words} words
 * @param {number} place
 */
function hoverText(header, timeline, words, place) {
  const state = header.states[timeline.state[place]];
  const since = sinceDay(timeline, header.states, place);
  return h("div", {},
    h("b", {}, name(header.places.name[place])), " ", name(header.places.name_local[place] ?? ""), h("br"),
    name(words.state(state)), state.actor < 0 ? "" : `, since ${since === 0 ? "before " : ""}${words.long(since)}`);
}

/** Keys work wherever the focus is, but not while somebody types into a field. */
function listenToKeys(/** @type {Record<string, () => void>} */ keys) {
  const listener = (/** @type {any} */ event) => {
    const target = event.target.tagName;
    const typing = ["INPUT", "TEXTAREA", "SELECT"].includes(target) && event.target.type !== "range";
    const pressing = event.key === " " && ["BUTTON", "SUMMARY", "A", "INPUT"].includes(target);
    if (typing || pressing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
  const leave = new AbortController();
  window.addEventListener("pagehide", () => leave.abort());
  for (const page of new Set([document, linkWindow().document])) page.addEventListener("keydown", listener, { signal: leave.signal });
}
