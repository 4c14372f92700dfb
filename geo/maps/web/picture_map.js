/** The map as it stands on the screen, drawn again on a canvas: its canvases, lines, names and marks. */
/* global L */
import { INK } from "./picture_text.js";

const SEEN = "canvas, svg, .label, .graticule-figure, .mention";
const HALO = "rgb(255 255 255 / 85%)";

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels; the map's top left corner comes to 0, 0
 * @param {L.Map} map
 * @param {HTMLCanvasElement[]} [canvases] those to draw; without, all of the map's
 */
export async function drawMap(context, map, canvases) {
  const box = map.getContainer();
  const corner = box.getBoundingClientRect();
  const { x: width, y: height } = map.getSize();
  context.save();
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  context.fillStyle = getComputedStyle(box).backgroundColor;
  context.fillRect(0, 0, width, height);
  for (const element of seen(map)) {
    const at = element.getBoundingClientRect();
    const place = new DOMRect(at.x - corner.x, at.y - corner.y, at.width, at.height);
    if (element instanceof HTMLCanvasElement) {
      if (!canvases || canvases.includes(element)) drawCanvas(context, element, place);
    } else if (element instanceof SVGSVGElement) {
      context.drawImage(await pictureOfLines(element), place.x, place.y, place.width, place.height);
    } else if (element.classList.contains("mention")) drawMark(context, element, place);
    else drawName(context, element, place);
  }
  drawDivider(context, box, corner, height);
  drawScaleBar(context, box, height);
  context.restore();
}

/**
 * Where two dates stand side by side, the line between them and which date lies on which side.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLElement} box
 * @param {DOMRect} corner of the map
 * @param {number} height of the map
 */
function drawDivider(context, box, corner, height) {
  const divider = /** @type {HTMLElement | null} */ (box.querySelector(".swipe:not([hidden])"));
  if (!divider) return;
  const x = divider.getBoundingClientRect().x - corner.x + 1;
  context.fillStyle = INK;
  context.fillRect(x - 1, 0, 2, height);
  context.font = `650 13px ${getComputedStyle(box).fontFamily}`;
  for (const side of ["before", "after"]) {
    const text = divider.querySelector(`.${side}`)?.textContent ?? "";
    const width = context.measureText(text).width + 16;
    const left = side === "before" ? x - 9 - width : x + 9;
    context.fillStyle = "#fff";
    context.fillRect(left, 12, width, 22);
    context.fillStyle = INK;
    context.fillText(text, left + 8, 27);
  }
}

/** What is seen on the map, from the lowest pane to the highest. @param {L.Map} map */
function seen(map) {
  const order = (/** @type {Element} */ pane) => Number(getComputedStyle(pane).zIndex) || 0;
  const panes = [.../** @type {HTMLElement} */ (map.getPane("mapPane")).children];
  const elements = panes.sort((one, other) => order(one) - order(other)).flatMap((pane) => [...pane.querySelectorAll(SEEN)]);
  const hasSize = (/** @type {Element} */ element) => element.getBoundingClientRect().width > 0;
  return elements.filter((element) => element.checkVisibility({ visibilityProperty: true }) && hasSize(element));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} canvas
 * @param {DOMRect} place
 */
function drawCanvas(context, canvas, place) {
  const style = getComputedStyle(canvas);
  const [top, right, bottom, left] = insets(style.clipPath, place);
  context.save();
  context.beginPath();
  context.rect(place.x + left, place.y + top, Math.max(0, place.width - left - right), Math.max(0, place.height - top - bottom));
  context.clip();
  context.globalAlpha = Number(style.opacity);
  context.drawImage(canvas, place.x, place.y, place.width, place.height);
  context.restore();
}

/**
 * Pixels that a clip-path of the form inset(…) takes away at the top, right, bottom and left.
 * @param {string} clipPath
 * @param {DOMRect} place
 */
export function insets(clipPath, { width, height }) {
  if (!clipPath.startsWith("inset(")) return [0, 0, 0, 0];
  const lengths = clipPath.slice(6).match(/calc\([^)]*\)|-?[\d.]+(?:px|%)?/g) ?? [];
  const [top, right = top, bottom = top, left = right] = lengths;
  return [top, right, bottom, left].map((length, side) => pixels(length ?? "0", side % 2 ? width : height));
}

/**
 * @param {string} length in px, in percent, or a sum of both
 * @param {number} whole what 100 percent is
 */
function pixels(length, whole) {
  const terms = length.replaceAll(" ", "").matchAll(/([+-]?[\d.]+)(%?)/g);
  return [...terms].reduce((sum, [, number, percent]) => sum + (percent ? (Number(number) * whole) / 100 : Number(number)), 0);
}

/**
 * Without its style, which moves it to its place on the page.
 * @param {SVGSVGElement} lines
 */
async function pictureOfLines(lines) {
  const copy = /** @type {SVGSVGElement} */ (lines.cloneNode(true));
  copy.removeAttribute("style");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Element} element
 * @param {DOMRect} place
 */
function drawName(context, element, place) {
  const style = getComputedStyle(element);
  const text = element.textContent ?? "";
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  context.save();
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = HALO;
  context.fillStyle = style.color;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
  context.restore();
}

/**
 * A place that documents name: a diamond, or a broken ring where it is not a point.
 * @param {CanvasRenderingContext2D} context
 * @param {Element} element
 * @param {DOMRect} place
 */
function drawMark(context, element, place) {
  const radius = place.width / 2 - 1;
  const vague = element.classList.contains("vague");
  context.save();
  context.translate(place.x + place.width / 2, place.y + place.height / 2);
  context.beginPath();
  if (vague) context.arc(0, 0, radius, 0, 2 * Math.PI);
  else for (const [x, y] of [[0, -1], [1, 0], [0, 1], [-1, 0]]) context.lineTo(x * radius, y * radius);
  context.closePath();
  context.setLineDash(vague ? [4, 3] : []);
  context.lineWidth = 2;
  context.strokeStyle = INK;
  context.fillStyle = vague ? "rgb(255 255 255 / 25%)" : "#fff";
  context.fill();
  context.stroke();
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLElement} box
 * @param {number} height of the map
 */
function drawScaleBar(context, box, height) {
  const bar = /** @type {HTMLElement | null} */ (box.querySelector(".leaflet-control-scale-line"));
  if (!bar) return;
  const [left, bottom, right] = [18, height - 14, 18 + bar.offsetWidth];
  context.fillStyle = "#fff";
  context.fillRect(left - 6, bottom - 20, bar.offsetWidth + 12, 26);
  context.strokeStyle = context.fillStyle = INK;
  context.lineWidth = 1;
  context.beginPath();
  for (const [x, y] of [[left, bottom - 4], [left, bottom], [right, bottom], [right, bottom - 4]]) context.lineTo(x, y);
  context.stroke();
  context.font = `11px ${getComputedStyle(box).fontFamily}`;
  context.fillText(bar.textContent ?? "", left + 4, bottom - 6);
}
