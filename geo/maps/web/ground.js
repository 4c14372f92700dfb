/** On which area of the map a point lies. */

/**
 * The area that a place without one stands on.
 * @param {import("./decode.js").MapData} data
 * @param {number} place
 * @returns {number} -1 where it is on none
 */
export function groundUnder({ header: { places }, areaCount, areaRings, ringStart, x, y }, place) {
  const sine = Math.sin((places.latitude[place] * Math.PI) / 180);
  const [east, south] = [places.longitude[place] / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  for (let area = 0; area < areaCount; area++) {
    let inside = false;
    for (let ring = areaRings[area]; ring < areaRings[area + 1]; ring++) {
      for (let k = ringStart[ring], last = ringStart[ring + 1] - 1; k < ringStart[ring + 1]; last = k++) {
        const crosses = (y[k] > south) !== (y[last] > south);
        if (crosses && east < ((x[last] - x[k]) * (south - y[k])) / (y[last] - y[k]) + x[k]) inside = !inside;
      }
    }
    if (inside) return area;
  }
  return -1;
}
