/** The legend of a picture: read from the legend on the page, laid out in columns under the map. */
import { broken, INK, write } from "./picture_text.js";

const COLUMN = 300;
const LINE = 18;
const [SWATCH_WIDTH, SWATCH_HEIGHT] = [26, 13];
const EDGE = "rgb(28 39 51 / 25%)";

/**
 * @typedef {object} LegendLine
 * @property {string} swatch   a CSS background: a colour, url(data:…) of a tile, or a gradient of two colours
 * @property {string} text
 * @property {string} [figure] right-aligned beside the text
 */

/**
 * The lines that a legend on the page shows: everything with a swatch that is not hidden.
 * @param {HTMLElement} legend
 * @returns {LegendLine[]}
 */
export function legendLinesOf(legend) {
  const rows = /** @type {HTMLElement[]} */ ([...legend.querySelectorAll("tbody tr, .patterns li")]);
  return rows.flatMap((row) => {
    const swatch = row.querySelector(".swatch");
    if (!swatch || row.closest("[hidden]")) return [];
    const { backgroundImage, backgroundColor } = getComputedStyle(swatch);
    const figures = [...row.querySelectorAll(".figure")].map((cell) => withUnit(cell.textContent ?? ""));
    const text = (row.querySelector("th") ?? row).textContent ?? "";
    return [{ swatch: backgroundImage === "none" ? backgroundColor : backgroundImage, text, figure: figures.join("  ") }];
  });
}

/** @param {string} figure of a table whose figures are km² or percent */
function withUnit(figure) {
  return figure.includes("%") ? figure : `${figure} km²`;
}

/**
 * @typedef {object} Laid
 * @property {LegendLine} line
 * @property {string[]} text broken into lines
 * @property {number} x
 * @property {number} y
 */

/**
 * Where each line of the legend goes: down the first column, then the next.
 * @param {CanvasRenderingContext2D} context
 * @param {LegendLine[]} lines
 * @param {number} width of the picture
 * @param {number} margin
 * @param {string} family of the font
 * @returns {{laid: Laid[], column: number, height: number}}
 */
export function layLegend(context, lines, width, margin, family) {
  const columns = Math.max(1, Math.floor((width - margin) / (COLUMN + margin)));
  const column = (width - margin) / columns - margin;
  const perColumn = Math.ceil(lines.length / columns);
  context.font = `13px ${family}`;
  let [y, height] = [0, 0];
  const laid = lines.map((line, k) => {
    if (k % perColumn === 0) y = 10;
    const figure = line.figure ? context.measureText(line.figure).width + 10 : 0;
    const text = broken(context, line.text, column - SWATCH_WIDTH - 8 - figure);
    const at = { line, text, x: margin + Math.floor(k / perColumn) * (column + margin), y };
    y += text.length * LINE + 2;
    height = Math.max(height, y + 8);
    return at;
  });
  return { laid, column, height };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof layLegend>} key
 * @param {string} family
 */
export async function drawLegend(context, { laid, column }, family) {
  for (const { line, text, x, y } of laid) {
    context.fillStyle = await fillOf(context, line.swatch);
    context.fillRect(x, y + 2, SWATCH_WIDTH, SWATCH_HEIGHT);
    context.strokeStyle = EDGE;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 2.5, SWATCH_WIDTH - 1, SWATCH_HEIGHT - 1);
    context.font = `13px ${family}`;
    text.forEach((part, k) => write(context, part, x + SWATCH_WIDTH + 8, y + 13 + k * LINE, INK));
    if (!line.figure) continue;
    context.textAlign = "right";
    write(context, line.figure, x + column, y + 13, INK);
    context.textAlign = "left";
  }
}

/**
 * A CSS background as something that a canvas can fill with.
 * @param {CanvasRenderingContext2D} context
 * @param {string} background
 * @returns {Promise<string | CanvasPattern>}
 */
async function fillOf(context, background) {
  const address = /url\(["']?(data:[^"')]+)["']?\)/.exec(background)?.[1];
  if (address) {
    const tile = new Image();
    tile.src = address;
    await tile.decode();
    return tiled(context, tile, 2);
  }
  const [first, second] = new Set(background.match(/rgba?\([^)]*\)|#[0-9a-f]{3,8}/gi) ?? [background]);
  return second ? tiled(context, stripes(first, second), 2) : first;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLImageElement | HTMLCanvasElement} tile
 * @param {number} ratio the tile's pixels for one CSS pixel
 */
function tiled(context, tile, ratio) {
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

/** @param {string} first @param {string} second */
function stripes(first, second) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 12;
  const context = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  for (let y = 0; y < 12; y++) {
    for (let x = 0; x < 12; x++) {
      context.fillStyle = (x + y) % 12 < 6 ? first : second;
      context.fillRect(x, y, 1, 1);
    }
  }
  return tile;
}
