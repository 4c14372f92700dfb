/** Small pictures of the states' inks, each made once. */
import { h } from "./dom.js";
import { fadedInks, stateInks, swatch } from "./ink.js";

/**
 * @param {import("./payload").Header} header
 * @returns {(state: number, kind?: string, strong?: number) => HTMLElement}
 */
export function swatches({ states, actors }) {
  let inks = stateInks(states, actors);
  /** @type {Map<string, string>} */
  const pictures = new Map();
  return (state, kind = "swatch", strong = 1) => {
    if (state >= inks.length) inks = stateInks(states, actors); // what was known has brought more
    const key = `${state},${strong}`;
    const picture = pictures.get(key) ?? swatch(fadedInks([inks[state]], strong)[0]);
    pictures.set(key, picture);
    return h("i", { class: kind, style: `background-image:url(${picture})` });
  };
}
