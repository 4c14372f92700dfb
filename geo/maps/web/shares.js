/**
 * Square kilometres by side on the current day. The rule is geo/control/shares.py's: a contested, mixed or
 * undecided place counts half for each of the two; where the other side is not named, that half is
 * `contested`; a place or half without a known holder is `unknown`.
 *
 * @param {import("./timeline.js").Timeline} timeline
 * @param {import("./decode.js").MapData} data
 * @returns {{actors: number[], contested: number, unknown: number, total: number}} km²
 */
export function sharesOf(timeline, { header, areaCount }) {
  const shares = { actors: header.actors.map(() => 0), contested: 0, unknown: 0, total: 0 };
  for (let place = 0; place < areaCount; place++) {
    const area_km2 = header.places.area_km2[place];
    const state = header.states[timeline.state[place]];
    const shared = state.undecided || state.status === "contested" || state.status === "mixed";
    const part_km2 = shared ? area_km2 / 2 : area_km2;
    shares.total += area_km2;
    if (state.actor < 0) shares.unknown += part_km2;
    else shares.actors[state.actor] += part_km2;
    if (!shared) continue;
    if (state.contender < 0) shares.contested += part_km2;
    else shares.actors[state.contender] += part_km2;
  }
  return shares;
}
