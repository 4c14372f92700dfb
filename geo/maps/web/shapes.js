/** The areas: rings of vertices that neighbours share, and the points of places. See geo/maps/geometry.py. */
import { cumulative, unzigzag } from "./binary.js";

/**
 * Rings of areas, in Web Mercator: the world is 0 .. 1 from west to east and from north to south.
 * @typedef {object} Rings
 * @property {Int32Array} ringStart  ring r of the whole file is vertices[ringStart[r]] .. vertices[ringStart[r+1]-1]
 * @property {Int32Array} areaRings  area i has the rings areaRings[i] .. areaRings[i+1]-1
 * @property {Int32Array} vertices  numbers of vertices: neighbours share them
 * @property {Float64Array} x  of each vertex
 * @property {Float64Array} y
 */

/**
 * The areas, and the columns of header.places that stand beside it.
 * @param {import("./binary.js").ReadColumn} column
 * @param {number} perDegree units
 */
export function shapesOf(column, perDegree) {
  const areaRings = cumulative(column("rings_per_area"));
  const ringStart = cumulative(column("vertices_per_ring"));
  const { vertices, longitudes, latitudes } = walk(column);
  const { x, y } = mercator(longitudes, latitudes, perDegree);
  const extremes = extremesOf(areaRings, ringStart, vertices, longitudes, latitudes);
  return {
    areaCount: areaRings.length - 1,
    areaRings,
    ringStart,
    vertices,
    x,
    y,
    bounds: boundsOf(extremes, x, y),
    places: {
      longitude: pointsOf(column("point_longitude_steps"), middles(longitudes, extremes, 0), perDegree),
      latitude: pointsOf(column("point_latitude_steps"), middles(latitudes, extremes, 1), perDegree),
      area_km2: Float64Array.from(column("area_hundredths_km2")).map((hundredths) => hundredths / 100),
    },
  };
}

/**
 * The numbers of the rings' vertices, and where each vertex lies, in units. One is new, and coded by its step from the
 * vertex that was walked just before; or it is a reference to one that was walked before.
 * @param {import("./binary.js").ReadColumn} column
 */
function walk(column) {
  const [references, longitude_steps, latitude_steps] =
    [column("vertex_references"), column("longitude_steps"), column("latitude_steps")];
  const vertices = new Int32Array(references.length);
  const [longitudes, latitudes] = [new Int32Array(longitude_steps.length), new Int32Array(longitude_steps.length)];
  let [count, number, longitude, latitude] = [0, 0, 0, 0];
  for (let k = 0; k < vertices.length; k++) {
    const reference = references[k];
    if (reference === 0) {
      number = count++;
      longitudes[number] = longitude += unzigzag(longitude_steps[number]);
      latitudes[number] = latitude += unzigzag(latitude_steps[number]);
    } else {
      number += unzigzag(reference - 1) - 1;
      longitude = longitudes[number];
      latitude = latitudes[number];
    }
    vertices[k] = number;
  }
  return { vertices, longitudes, latitudes };
}

/**
 * Web Mercator of points in units.
 * @param {Int32Array} longitudes
 * @param {Int32Array} latitudes
 * @param {number} perDegree units
 */
function mercator(longitudes, latitudes, perDegree) {
  const [x, y] = [new Float64Array(longitudes.length), new Float64Array(longitudes.length)];
  for (let k = 0; k < x.length; k++) {
    const sine = Math.sin(((latitudes[k] / perDegree) * Math.PI) / 180);
    x[k] = longitudes[k] / perDegree / 360 + 0.5;
    y[k] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  return { x, y };
}

/**
 * The vertices that lie farthest west, north, east and south of each area; -1 where it has none.
 * @param {Int32Array} areaRings
 * @param {Int32Array} ringStart
 * @param {Int32Array} vertices
 * @param {Int32Array} longitudes whole numbers: code that has just begun to run is twice as fast with them
 * @param {Int32Array} latitudes
 */
function extremesOf(areaRings, ringStart, vertices, longitudes, latitudes) {
  const extremes = new Int32Array(4 * (areaRings.length - 1)).fill(-1);
  for (let area = 0; area + 1 < areaRings.length; area++) {
    const first = ringStart[areaRings[area]];
    const end = ringStart[areaRings[area + 1]];
    if (first === end) continue;
    let west = vertices[first];
    let north = west;
    let east = west;
    let south = west;
    for (let k = first + 1; k < end; k++) {
      const vertex = vertices[k];
      if (longitudes[vertex] < longitudes[west]) west = vertex;
      else if (longitudes[vertex] > longitudes[east]) east = vertex;
      if (latitudes[vertex] > latitudes[north]) north = vertex;
      else if (latitudes[vertex] < latitudes[south]) south = vertex;
    }
    const at = 4 * area;
    extremes[at] = west;
    extremes[at + 1] = north;
    extremes[at + 2] = east;
    extremes[at + 3] = south;
  }
  return extremes;
}

/**
 * West, north, east and south of each area, in Web Mercator; an area without rings is nowhere.
 * @param {Int32Array} extremes
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function boundsOf(extremes, x, y) {
  const bounds = new Float64Array(extremes.length).fill(Infinity);
  for (let k = 0; k < extremes.length; k++) if (extremes[k] >= 0) bounds[k] = k % 2 === 0 ? x[extremes[k]] : y[extremes[k]];
  return bounds;
}

/**
 * The middle of each area's bounding box, in units.
 * @param {Int32Array} units longitudes or latitudes
 * @param {Int32Array} extremes
 * @param {0 | 1} axis 0 for longitudes
 */
function middles(units, extremes, axis) {
  const out = new Int32Array(extremes.length / 4);
  for (let area = 0; area < out.length; area++) out[area] = (units[extremes[4 * area + axis]] + units[extremes[4 * area + axis + 2]]) >> 1;
  return out;
}

/**
 * Representative points, in degrees: those with an area are coded from the middle of its bounding box.
 * @param {import("./binary.js").Numbers} steps units
 * @param {Int32Array} middles of areas, in units
 * @param {number} perDegree
 */
function pointsOf(steps, middles, perDegree) {
  const degrees = new Float64Array(steps.length);
  for (let place = 0; place < degrees.length; place++) {
    degrees[place] = (unzigzag(steps[place]) + (place < middles.length ? middles[place] : 0)) / perDegree;
  }
  return degrees;
}
