/**
 * Reads the binary container that geo/maps/payload.py writes.
 *
 * @typedef {{actor: number, contender: number, status: string, assertion: string, basis: string, undecided: boolean}} State
 *   What one colour means; actor and contender are indexes into header.actors, -1 for none.
 * @typedef {object} MapData
 * @property {any} header            titles, actors, states, places, events, documents (see payload.py)
 * @property {number} areaCount      places 0 .. areaCount-1 have an area, the others only a point
 * @property {Int32Array} ringStart  ring r of the whole file is vertices ringStart[r] .. ringStart[r+1]-1
 * @property {Int32Array} areaRings  area i has the rings areaRings[i] .. areaRings[i+1]-1
 * @property {Float64Array} x        Web Mercator, the world is 0 .. 1 from west to east
 * @property {Float64Array} y        Web Mercator, the world is 0 .. 1 from north to south
 * @property {Int32Array} intervalStart  place i has the intervals intervalStart[i] .. intervalStart[i+1]-1
 * @property {Int32Array} intervalDay    first day of an interval, counted from header.start_date
 * @property {Int32Array} intervalState  index into header.states
 * @property {Int32Array} intervalEvent  index into header.events, -1 for the baseline
 */

/**
 * @param {{url?: string, base64?: string}} source
 * @returns {Promise<MapData>}
 */
export async function load(source) {
  const packed = source.base64 ? bytesFromBase64(source.base64) : await fetchBytes(/** @type {string} */ (source.url));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return decode(await new Response(stream).arrayBuffer());
}

/** @param {string} url */
async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The map's data could not be loaded (${response.status}).`);
  return response.arrayBuffer();
}

/** @param {string} text */
function bytesFromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {MapData}
 */
export function decode(buffer) {
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength)));
  /** @type {Record<string, Int32Array>} */
  const columns = {};
  let offset = 4 + headerLength;
  for (const [name, length] of header.sections) {
    columns[name] = readVarints(new Uint8Array(buffer, offset, length));
    offset += length;
  }
  header.places.longitude = degrees(columns.point_longitude_steps, header.degrees_per_unit);
  header.places.latitude = degrees(columns.point_latitude_steps, header.degrees_per_unit);
  header.places.area_km2 = Float64Array.from(columns.area_hundredths_km2, (hundredths) => hundredths / 100);
  const areaRings = cumulative(columns.rings_per_area);
  const ringStart = cumulative(columns.vertices_per_ring);
  const intervalStart = cumulative(columns.intervals_per_place);
  return {
    header,
    areaCount: columns.rings_per_area.length,
    areaRings,
    ringStart,
    ...vertices(columns, header.degrees_per_unit),
    intervalStart,
    intervalDay: daysFromGaps(columns.interval_gaps, intervalStart),
    intervalState: columns.interval_states,
    intervalEvent: summed(columns.interval_event_steps).map((number) => number - 1),
  };
}

/** @param {Uint8Array} bytes */
function readVarints(bytes) {
  const out = new Int32Array(bytes.length);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = bytes[at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    out[count++] = value;
  }
  return out.slice(0, count);
}

/** @param {Int32Array} counts */
function cumulative(counts) {
  const out = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) out[i + 1] = out[i] + counts[i];
  return out;
}

/**
 * Web Mercator of every vertex of every ring. A vertex is new, or a reference to one that was walked before:
 * see geo/maps/geometry.py.
 * @param {Record<string, Int32Array>} columns
 * @param {number} degreesPerUnit
 */
function vertices({ vertex_references, longitude_steps, latitude_steps }, degreesPerUnit) {
  const total = vertex_references.length;
  const [x, y] = [new Float64Array(total), new Float64Array(total)];
  const [longitudes, latitudes] = [new Int32Array(longitude_steps.length), new Int32Array(longitude_steps.length)];
  const [newX, newY] = [new Float64Array(longitudes.length), new Float64Array(longitudes.length)];
  let [count, number, longitude, latitude] = [0, 0, 0, 0];
  for (let k = 0; k < total; k++) {
    if (vertex_references[k] === 0) {
      number = count++;
      longitudes[number] = longitude += unzigzag(longitude_steps[number]);
      latitudes[number] = latitude += unzigzag(latitude_steps[number]);
      newX[number] = (longitude * degreesPerUnit) / 360 + 0.5;
      newY[number] = mercatorY(latitude * degreesPerUnit);
    } else {
      number += unzigzag(vertex_references[k] - 1) - 1;
      longitude = longitudes[number];
      latitude = latitudes[number];
    }
    x[k] = newX[number];
    y[k] = newY[number];
  }
  return { x, y };
}

/** @param {number} latitude degrees */
function mercatorY(latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * Running sums of zigzag-coded steps.
 * @param {Int32Array} steps
 */
function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += unzigzag(step)));
}

/**
 * @param {Int32Array} steps
 * @param {number} degreesPerUnit
 */
function degrees(steps, degreesPerUnit) {
  const perDegree = Math.round(1 / degreesPerUnit);
  return Float64Array.from(summed(steps), (units) => units / perDegree);
}

/** @param {number} value */
const unzigzag = (value) => (value >>> 1) ^ -(value & 1);

/**
 * @param {Int32Array} gaps
 * @param {Int32Array} intervalStart
 */
function daysFromGaps(gaps, intervalStart) {
  const days = new Int32Array(gaps.length);
  for (let place = 0; place + 1 < intervalStart.length; place++) {
    let day = 0;
    for (let k = intervalStart[place]; k < intervalStart[place + 1]; k++) {
      day += gaps[k];
      days[k] = day;
    }
  }
  return days;
}
