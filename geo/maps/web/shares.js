/**
 * Square kilometres by side on the current day. The rule is geo/control/shares.py's: a contested or
 * undecided place counts half for each of the two; where the other side is not named, that half is
 * `contested`; a place of which nothing is known is `unknown`.
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
    shares.total += area_km2;
    if (state.actor < 0) {
      shares.unknown += area_km2;
    } else if (state.status === "contested" || state.undecided) {
      shares.actors[state.actor] += area_km2 / 2;
      if (state.contender < 0) shares.contested += area_km2 / 2;
      else shares.actors[state.contender] += area_km2 / 2;
    } else {
      shares.actors[state.actor] += area_km2;
    }
  }
  return shares;
}
