/**
 * How each state is drawn: a colour says who, a pattern says how sure.
 * Every state has one square tile that repeats over the map; painting a pixel is one look-up in it.
 */

/** Side of a tile in CSS pixels. */
export const TILE = 12;

const PAPER = [250, 248, 243];
const NOBODY = [156, 160, 164];
const OPACITY = 224;

/** Share of paper mixed into a colour: an inferred state is lighter than an observed one. */
const TINT = { observed: 0.0, inferred: 0.42 };

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
 * The pattern of a state. What is doubtful wins over what is reported.
 * @param {import("./decode.js").State} state
 */
export function patternOf(state) {
  if (state.actor < 0 && state.contender < 0) return "dots";
  if (state.undecided) return "blocks";
  if (state.status === "contested") return "stripes";
  if (state.status === "mixed") return "crosshatch";
  if (state.status === "besieged") return "rings";
  if (state.status === "unknown") return "dots";
  return state.assertion === "assessed" ? "plain" : "lines";
}

/**
 * First and second colour of a state, red green blue 0 .. 255.
 * @param {import("./decode.js").State} state
 * @param {{colour: string}[]} actors
 * @returns {[number[], number[]]}
 */
export function coloursOf(state, actors) {
  const tint = TINT[/** @type {"observed" | "inferred"} */ (state.basis)] ?? 0;
  const first = mix(state.actor < 0 ? NOBODY : rgb(actors[state.actor].colour), PAPER, tint);
  if (patternOf(state) === "lines" || patternOf(state) === "rings") return [first, mix(first, [20, 28, 36], 0.6)];
  const second = state.contender < 0 ? mix(first, PAPER, 0.75) : mix(rgb(actors[state.contender].colour), PAPER, tint);
  return [first, second];
}

/**
 * Tiles for all states at a resolution: `tiles[state][edge]`, edge as in Raster.edges.
 * @param {import("./decode.js").State[]} states
 * @param {{colour: string}[]} actors
 * @param {number} ratio canvas pixels for one CSS pixel
 * @returns {{side: number, tiles: Uint32Array[][]}}
 */
export function makeTiles(states, actors, ratio) {
  const side = Math.round(TILE * ratio);
  const tiles = states.map((state) => {
    const pattern = PATTERNS[patternOf(state)];
    const [first, second] = coloursOf(state, actors);
    const colours = [first, second].map((colour) => [
      pixel(colour, OPACITY),
      pixel(mix(colour, PAPER, 0.5), OPACITY),
      pixel(mix(colour, [28, 39, 51], 0.55), 255),
    ]);
    return [0, 1, 2].map((edge) =>
      Uint32Array.from({ length: side * side }, (_, at) => {
        const x = ((at % side) + 0.5) / ratio;
        const y = (Math.floor(at / side) + 0.5) / ratio;
        return colours[pattern(x, y) ? 1 : 0][edge];
      }),
    );
  });
  return { side, tiles };
}

/**
 * The same ink as a picture, for legends.
 * @param {import("./decode.js").State} state
 * @param {{colour: string}[]} actors
 * @returns {string} data URL of a PNG that tiles
 */
export function swatch(state, actors) {
  const { side, tiles } = makeTiles([state], actors, 2);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  new Uint32Array(image.data.buffer).set(tiles[0][0]);
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

/**
 * @param {number[]} colour
 * @param {number} alpha 0 .. 255
 */
function pixel([red, green, blue], alpha) {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
