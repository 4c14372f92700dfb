/** Two dates side by side: the earlier left of a handle, the later right of it. */
/* global L */
import { h } from "./dom.js";

const STEP = 0.02;
const MARGIN = 0.04;

/**
 * @param {L.Map} map
 * @param {import("./words.js").Words} words
 */
export function swipe(map, words) {
  let at = 0.5;
  /** @type {any[]} */
  let layers = [];
  const left = h("span", { class: "before" });
  const right = h("span", { class: "after" });
  const handle = h("div", {
    class: "handle", role: "slider", tabindex: 0,
    "aria-label": "Divider between the two dates", "aria-valuemin": 0, "aria-valuemax": 100,
  });
  const element = h("div", { class: "swipe", hidden: true }, left, right, handle);
  map.getContainer().append(element);
  L.DomEvent.disableClickPropagation(element);
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
    at = Math.max(MARGIN, Math.min(1 - MARGIN, share));
    clip();
  }

  /** Cut both layers at the handle; their canvases move with the map, so the cut is made anew when it moves. */
  function clip() {
    if (!layers.length) return;
    const x = at * map.getSize().x;
    element.style.left = `${x}px`;
    handle.setAttribute("aria-valuenow", String(Math.round(at * 100)));
    const layerX = map.containerPointToLayerPoint([x, 0]).x;
    layers.forEach((layer, k) => {
      const canvas = layer._container;
      if (!canvas) return;
      const cut = layerX - L.DomUtil.getPosition(canvas).x;
      canvas.style.clipPath = k === 0 ? `inset(0 calc(100% - ${cut}px) 0 0)` : `inset(0 0 0 ${cut}px)`;
    });
  }

  /** @param {any} before @param {any} after */
  function open(before, after) {
    layers = [before, after];
    for (const layer of layers) layer.on("settle", clip); // a new canvas lies elsewhere
    element.hidden = false;
    clip();
  }
  /** @param {any} after the layer that stays */
  function close(after) {
    for (const layer of layers) layer.off("settle", clip);
    layers = [];
    element.hidden = true;
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
  return { open, close, show, clip, isBefore };
}
