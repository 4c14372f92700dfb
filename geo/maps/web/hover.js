/** A tooltip that follows the pointer over the areas. */
/* global L */
import { h, name } from "./dom.js";
import { sinceDay } from "./panel.js";

/**
 * @param {L.Map} map
 * @param {import("./scene.js").Scene} scene
 * @param {import("./payload").Header} header
 * @param {import("./words.js").Words} words
 */
export function hover(map, scene, header, words) {
  const tip = L.tooltip({ className: "hover", direction: "top", offset: [0, -10], opacity: 1 });
  let over = "";
  map.on("mousemove", (event) => {
    const { place, timeline } = scene.at(event.containerPoint);
    const key = `${place},${timeline.day}`;
    if (key !== over && place >= 0) tip.setContent(text(timeline, place));
    over = key;
    if (place < 0) tip.remove();
    else tip.setLatLng(event.latlng).addTo(map);
  });
  map.on("mouseout", () => tip.remove());

  /** @param {import("./timeline.js").Timeline} timeline @param {number} place */
  function text(timeline, place) {
    const state = header.states[timeline.state[place]];
    const since = sinceDay(timeline, header.states, place);
    return h("div", {},
      h("b", {}, name(header.places.name[place])), " ", name(header.places.name_local[place] ?? ""), h("br"),
      name(words.state(state)), state.actor < 0 ? "" : `, since ${since === 0 ? "before " : ""}${words.long(since)}`);
  }
}
