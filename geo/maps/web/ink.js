/**
 * How each state is drawn: a colour says who, a pattern says how sure.
 * Every state has one square tile that repeats over the map; painting a pixel is one look-up in it.
 */
import { constants as CONSTANTS } from "./ink_constants.js";

const { paper: PAPER, ink: INK, nobody: NOBODY } = CONSTANTS;

/** Side of a tile in CSS pixels. */
export const TILE = CONSTANTS.tile_px;

/**
 * Patterns, by how a state is to be read: true where the second colour shows, at x, y in CSS pixels.
 * @type {Record<string, (x: number, y: number) => boolean>}
 */
const PATTERNS = {
  plain: () => false,
  stripes: (x, y) => (x + y) % 12 < 5,
  blocks: (x, y) => (Math.floor(x / 6) + Math.floor(y / 6)) % 2 === 1,
  crosshatch: (x, y) => (x + y) % 6 < 1.5 || (x - y + TILE) % 6 < 1.5,
  lines: (x, y) => (x - y + TILE) % 6 < 1.2,
  rings: (x, y) => Math.abs(Math.hypot(x - 6, y - 6) - 3.5) < 1,
  dots: (x, y) => Math.hypot((x % 6) - 3, (y % 6) - 3) < 1.1,
};

/**
 * How one kind of ground is drawn.
 * @typedef {object} Ink
 * @property {string} pattern  a name of PATTERNS
 * @property {number[]} first  colour, red green blue 0 .. 255
 * @property {number[]} second colour of the pattern
 * @property {number} holder   who holds it, for the front line: an actor's number, -1 for nobody
 */

/**
 * The pattern of a state. What is doubtful wins over what is reported.
 * @param {import("./decode.js").State} state
 */
export function patternOf(state) {
  if (state.actor < 0 && state.contender < 0) return "dots";
  if (state.undecided) return "blocks";
  if (state.status === "contested") return "stripes";
  if (state.status === "mixed") return "crosshatch";
  if (state.status === "besieged") return "rings";
  if (isClaim(state)) return "lines";
  return state.status === "unknown" ? "dots" : "plain";
}

/** Somebody says that the contender holds it; the state has not changed. @param {import("./decode.js").State} state */
function isClaim({ assertion, contender }) {
  return assertion !== "assessed" && contender >= 0;
}

/**
 * First and second colour of a state, red green blue 0 .. 255.
 * @param {import("./decode.js").State} state
 * @param {{colour: string}[]} actors
 * @returns {[number[], number[]]}
 */
function coloursOf(state, actors) {
  const tint = CONSTANTS.tint[state.basis] ?? 0;
  const first = mix(state.actor < 0 ? NOBODY : rgb(actors[state.actor].colour), PAPER, tint);
  if (patternOf(state) === "rings") return [first, mix(first, INK, CONSTANTS.ring_ink)];
  if (state.contender < 0) return [first, mix(first, PAPER, CONSTANTS.unnamed_paper)];
  return [first, mix(rgb(actors[state.contender].colour), PAPER, tint)];
}

/**
 * The inks of all states, in their order.
 * @param {import("./decode.js").State[]} states
 * @param {{colour: string}[]} actors
 * @returns {Ink[]}
 */
export function stateInks(states, actors) {
  return states.map((state) => {
    const [first, second] = coloursOf(state, actors);
    return { pattern: patternOf(state), first, second, holder: state.actor };
  });
}

/**
 * One colour without a pattern; `strong` 1 is the colour itself, 0 is paper.
 * @param {string} colour such as #3d6a9e
 * @param {number} strong
 * @param {number} holder
 * @returns {Ink}
 */
export function plainInk(colour, strong, holder) {
  const first = mix(rgb(colour), PAPER, 1 - strong);
  return { pattern: "plain", first, second: first, holder };
}

/**
 * The same inks paler.
 * @param {Ink[]} inks
 * @param {number} strong 1 is unchanged, 0 is paper
 * @returns {Ink[]}
 */
export function fadedInks(inks, strong) {
  return inks.map((ink) => ({ ...ink, first: mix(ink.first, PAPER, 1 - strong), second: mix(ink.second, PAPER, 1 - strong) }));
}

/**
 * Tiles of inks at a resolution: `kinds[0]` inside an area, `kinds[1]` on an edge to another area, `kinds[2]` and
 * `kinds[3]` on the outline; `plain` is the one colour of an ink without a pattern, else 0.
 * @param {Ink[]} inks
 * @param {number} ratio canvas pixels for one CSS pixel
 * @returns {{side: number, tiles: {plain: number, kinds: Uint32Array[]}[]}}
 */
export function makeTiles(inks, ratio) {
  const side = Math.round(TILE * ratio);
  const tiles = inks.map((ink) => {
    const isSecond = PATTERNS[ink.pattern];
    const [inside, edge, outline] = [0, 1, 2].map((kind) => {
      const [first, second] = [ink.first, ink.second].map((colour) => pixel(edgeColour(colour, kind)));
      return Uint32Array.from({ length: side * side }, (_, at) =>
        isSecond(((at % side) + 0.5) / ratio, (Math.floor(at / side) + 0.5) / ratio) ? second : first,
      );
    });
    return { plain: ink.pattern === "plain" ? inside[0] : 0, kinds: [inside, edge, outline, outline] };
  });
  return { side, tiles };
}

/**
 * @param {number[]} colour
 * @param {number} kind 0 inside, 1 edge between areas, 2 outline
 */
function edgeColour(colour, kind) {
  return kind === 0 ? colour : kind === 1 ? mix(colour, PAPER, CONSTANTS.edge_paper) : mix(colour, INK, CONSTANTS.outline_ink);
}

/**
 * An ink as a picture, for legends.
 * @param {Ink} ink
 * @returns {string} data URL of a PNG that tiles
 */
export function swatch(ink) {
  const { side, tiles } = makeTiles([ink], 2);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  new Uint32Array(image.data.buffer).set(tiles[0].kinds[0]);
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(image, 0, 0);
  return canvas.toDataURL();
}

/** @param {string} hex such as #3d6a9e */
function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {number[]} colour
 * @param {number[]} other
 * @param {number} share of the other, 0 .. 1
 */
function mix(colour, other, share) {
  return colour.map((part, i) => Math.round(part * (1 - share) + other[i] * share));
}

/** An opaque pixel, as canvas memory has it. @param {number[]} colour */
function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
