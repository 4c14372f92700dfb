/** Text on a canvas. */

export const INK = "#1c2733";
export const MUTED = "#5b6b7a";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
export function write(context, text, x, y, colour) {
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/**
 * Sets the font; the end of a text that is too wide is left out.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {string} font
 * @param {number} width
 */
export function shortened(context, text, font, width) {
  context.font = font;
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 0 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/**
 * The text in lines that fit.
 * @param {CanvasRenderingContext2D} context with the font set
 * @param {string} text
 * @param {number} width
 */
export function broken(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
