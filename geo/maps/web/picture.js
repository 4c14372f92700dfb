/** A picture of the map for a report: title, date, map, legend, scale bar, and where it all comes from. */
/* global L */
import { drawLegend, layLegend } from "./picture_legend.js";
import { drawMap } from "./picture_map.js";
import { broken, INK, MUTED, shortened, write } from "./picture_text.js";

/** Picture pixels for one CSS pixel: sharp in print. */
export const RATIO = 2;
/** Height of the title above the map, in CSS pixels. */
export const HEAD = 62;

const MARGIN = 16;
const FOOT_LINE = 15;

/**
 * @param {object} what
 * @param {L.Map} what.map
 * @param {HTMLCanvasElement[]} [what.canvases] the map's canvases to draw; without, all of them
 * @param {string} what.title
 * @param {string} what.subtitle   the date, or the two dates that are compared
 * @param {import("./picture_legend.js").LegendLine[]} what.legendLines  see `legendLinesOf` of picture_legend.js
 * @param {string} what.attribution  who the data comes from
 * @param {string} what.sources      how many documents, and which version of the data
 * @returns {Promise<Blob>} PNG
 */
export async function pictureOf({ map, canvases, title, subtitle, legendLines, attribution, sources }) {
  const { x: width, y: mapHeight } = map.getSize();
  const family = getComputedStyle(map.getContainer()).fontFamily;
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const key = layLegend(context, legendLines, width, MARGIN, family);
  context.font = `11px ${family}`;
  const foot = [attribution, sources].flatMap((text) => broken(context, text, width - 2 * MARGIN));
  canvas.width = Math.round(width * RATIO);
  canvas.height = Math.round((HEAD + mapHeight + key.height + foot.length * FOOT_LINE + MARGIN) * RATIO);
  context.scale(RATIO, RATIO);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  write(context, shortened(context, title, `650 20px ${family}`, width - 2 * MARGIN), MARGIN, 28, INK);
  write(context, shortened(context, subtitle, `15px ${family}`, width - 2 * MARGIN), MARGIN, 50, INK);
  context.translate(0, HEAD);
  await drawMap(context, map, canvases);
  context.translate(0, mapHeight);
  await drawLegend(context, key, family);
  context.font = `11px ${family}`;
  foot.forEach((line, k) => write(context, line, MARGIN, key.height + 11 + k * FOOT_LINE, MUTED));
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture could not be made."))), "image/png");
  });
}
