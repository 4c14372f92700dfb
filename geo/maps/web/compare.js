/** Two dates side by side: the earlier left of a handle, the later right of it. */
/* global L */
import { h } from "./dom.js";
import { rested } from "./pace.js";

const REST_MS = 100;
const STEP = 0.02;
const MARGIN = 0.04;
/** From the line to the dates beside it, and from those to a card or the rim of the map. */
const GAP_PX = 8;

/**
 * @param {L.Map} map
 * @param {import("./words.js").Words} words
 */
export function swipe(map, words) {
  /** Share of the map's width; NaN before it was open. */
  let at = NaN;
  /** @type {any[]} */
  let layers = [];
  const left = h("span", { class: "before" });
  const right = h("span", { class: "after" });
  const handle = h("div", {
    class: "handle", role: "slider", tabindex: 0,
    "aria-label": "Divider between the two dates", "aria-valuemin": 0, "aria-valuemax": 100,
  });
  const element = h("div", { class: "swipe", hidden: true }, left, right, handle);
  /** What is done once the divider stands still. */
  let onRest = () => {};
  const resting = rested(() => onRest(), REST_MS);
  map.getContainer().append(element);
  L.DomEvent.disableClickPropagation(element);
  handle.addEventListener("mousemove", L.DomEvent.stopPropagation); // no place is meant there
  handle.addEventListener("pointerenter", () => map.fire("mouseout"));
  map.on("move zoomend viewreset resize layeradd", clip);

  handle.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = map.getContainer().getBoundingClientRect();
    moveTo((event.clientX - box.left) / box.width);
  });
  handle.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const target = { ArrowLeft: at - STEP, ArrowRight: at + STEP, Home: 0, End: 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(target);
  });

  function moveTo(/** @type {number} */ share) {
    const width = map.getSize().x;
    const furthest = Math.min((1 - MARGIN) * width, freeUpTo(handle) - handle.offsetWidth / 2 - GAP_PX);
    at = Math.max(MARGIN, Math.min(furthest / width, share));
    clip();
  }

  /** Cut both layers at the handle; their canvases move with the map, so the cut is made anew when it moves. */
  function clip() {
    if (!layers.length) return;
    const x = at * map.getSize().x;
    element.style.left = `${x}px`;
    handle.setAttribute("aria-valuenow", String(Math.round(at * 100)));
    keepInSight(x);
    const layerX = map.containerPointToLayerPoint([x, 0]).x;
    layers.forEach((layer, k) => {
      const canvas = layer._container;
      if (!canvas) return;
      const cut = layerX - L.DomUtil.getPosition(canvas).x;
      canvas.style.clipPath = k === 0 ? `inset(0 calc(100% - ${cut}px) 0 0)` : `inset(0 0 0 ${cut}px)`;
    });
  }

  /** Each date stands on its own side while there is room; else a line lower, as near to it as can be seen. */
  function keepInSight(/** @type {number} */ x) {
    resting();
    const over = [left.offsetWidth + 2 * GAP_PX - x, x + 2 * GAP_PX + right.offsetWidth - freeUpTo(left)];
    [left, right].forEach((date, side) => {
      const by = Math.max(0, over[side]) * (side === 0 ? 1 : -1);
      date.style.transform = by ? `translate(${by}px, 30px)` : "";
    });
  }

  /** How far to the right the ground is free at the height of a part of the divider: an open legend covers it. */
  function freeUpTo(/** @type {HTMLElement} */ part) {
    const [box, at] = [map.getContainer().getBoundingClientRect(), part.getBoundingClientRect()];
    const legend = map.getContainer().querySelector(".legend[open]")?.getBoundingClientRect();
    const isCovered = legend && legend.left > box.left + box.width / 2 && legend.top < at.bottom && legend.bottom > at.top;
    return isCovered ? legend.left - box.left : box.width;
  }

  /** Where the middle of the country is, if it is in sight. */
  function middle() {
    const centre = L.latLngBounds(words.header.bounds).getCenter();
    const share = map.latLngToContainerPoint(centre).x / map.getSize().x;
    return share > 0.2 && share < 0.7 ? share : 0.5;
  }

  /** @param {any} before @param {any} after */
  function open(before, after) {
    layers = [before, after];
    for (const layer of layers) layer.on("settle", clip); // a new canvas lies elsewhere
    element.hidden = false;
    if (Number.isNaN(at)) at = middle();
    clip();
  }
  /** @param {any} after the layer that stays */
  function close(after) {
    for (const layer of layers) layer.off("settle", clip);
    layers = [];
    element.hidden = true;
    resting();
    if (after._container) after._container.style.clipPath = "";
  }
  /** @param {number} from @param {number} to */
  function show(from, to) {
    left.textContent = words.medium(from);
    right.textContent = words.medium(to);
    handle.setAttribute("aria-valuetext", `${words.long(from)} on the left, ${words.long(to)} on the right`);
  }
  /** Whether a point of the map lies on the earlier date's side. @param {L.Point} point */
  function isBefore(point) {
    return layers.length > 0 && point.x < at * map.getSize().x;
  }
  /** Where the dates and the handle stand in the map's container. @returns {L.Bounds[]} */
  function marks() {
    if (element.hidden) return [];
    const box = map.getContainer().getBoundingClientRect();
    const corner = (/** @type {number} */ x, /** @type {number} */ y) => L.point(x - box.left, y - box.top);
    return [left, right, handle].map((mark) => mark.getBoundingClientRect())
      .map((rect) => L.bounds(corner(rect.left, rect.top), corner(rect.right, rect.bottom)));
  }
  const whenAtRest = (/** @type {() => void} */ act) => (onRest = act);
  return { open, close, show, clip, isBefore, marks, whenAtRest };
}
