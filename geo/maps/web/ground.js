/** On which area of the map a point lies. */
import { ringsOf } from "./position.js";

/**
 * The area that a place without one stands on.
 * @param {import("./decode.js").MapData} data
 * @param {number} place
 * @returns {number} -1 where it is on none
 */
export function groundUnder(data, place) {
  const { latitude, longitude } = data.header.places;
  for (let area = 0; area < data.areaCount; area++) {
    const isInside = ringsOf(data, area).filter((ring) => encloses(ring, latitude[place], longitude[place])).length % 2 === 1;
    if (isInside) return area; // a hole is a ring as well
  }
  return -1;
}

/**
 * Whether a line to the east of a point meets a ring an odd number of times.
 * @param {number[][]} ring latitude and longitude
 * @param {number} latitude
 * @param {number} longitude
 */
function encloses(ring, latitude, longitude) {
  let odd = false;
  ring.forEach(([north, east], k) => {
    const [lastNorth, lastEast] = ring.at(k - 1) ?? [north, east];
    const meets = (north > latitude) !== (lastNorth > latitude);
    if (meets && longitude < ((lastEast - east) * (latitude - north)) / (lastNorth - north) + east) odd = !odd;
  });
  return odd;
}
