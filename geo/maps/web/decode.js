/**
 * Reads the binary container that geo/maps/payload.py writes.
 *
 * @typedef {{actor: number, contender: number, status: string, assertion: string, basis: string, undecided: boolean}} State
 *   What one colour means; actor and contender are indexes into header.actors, -1 for none.
 * @typedef {object} MapData
 * @property {import("./payload").Header} header  titles, actors, states, places, events, documents (see payload.py)
 * @property {number} areaCount      places 0 .. areaCount-1 have an area, the others only a point
 * @property {Int32Array} ringStart  ring r of the whole file is vertices ringStart[r] .. ringStart[r+1]-1
 * @property {Int32Array} areaRings  area i has the rings areaRings[i] .. areaRings[i+1]-1
 * @property {Float64Array} x        Web Mercator, the world is 0 .. 1 from west to east
 * @property {Float64Array} y        Web Mercator, the world is 0 .. 1 from north to south
 * @property {Record<string, Intervals>} readings  "doubt", and "earliest" and "latest" where dates are ranges
 *
 * @typedef {object} Intervals  when each place changes, and into which state
 * @property {Int32Array} intervalStart  place i has the intervals intervalStart[i] .. intervalStart[i+1]-1
 * @property {Int32Array} intervalDay    first day of an interval, counted from header.start_date
 * @property {Int32Array} intervalState  index into header.states
 * @property {Int32Array} intervalEvent  index into header.events, -1 for the baseline
 */

/** @typedef {{url?: string, base64?: string}} Source where the container is: at an address, or in the page */

/**
 * The container, decompressed.
 * @param {Source} source
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpacked({ url, base64 }) {
  const packed = base64 ? new Blob([bytesFromBase64(base64)]).stream() : await fetched(/** @type {string} */ (url));
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * Fetch and decode it.
 * @param {Source} source
 * @returns {Promise<MapData>}
 */
export async function load(source) {
  return decode(await unpacked(source));
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`The map's data could not be loaded (${response.status}).`);
  return response.body;
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
  const header = headerOf(buffer);
  const columns = columnsOf(buffer, header);
  const { places, ...shapes } = shapesOf(columns, Math.round(1 / header.degrees_per_unit));
  Object.assign(header.places, places);
  return { header, readings: readingsOf(columns, header), ...shapes };
}

/**
 * The areas, and the columns of header.places that stand beside it.
 * @param {Record<string, Int32Array>} columns
 * @param {number} perDegree units
 */
function shapesOf(columns, perDegree) {
  const areaRings = cumulative(columns.rings_per_area);
  const ringStart = cumulative(columns.vertices_per_ring);
  const vertices = walk(columns, perDegree);
  const points = pointsOf(columns, areaRings, ringStart, vertices);
  return {
    areaCount: columns.rings_per_area.length,
    areaRings,
    ringStart,
    x: vertices.x,
    y: vertices.y,
    places: {
      longitude: divided(points.longitudes, perDegree),
      latitude: divided(points.latitudes, perDegree),
      area_km2: divided(columns.area_hundredths_km2, 100),
    },
  };
}

/**
 * When each place changes, by how dates are read.
 * @param {Record<string, Int32Array>} columns
 * @param {import("./payload").Header} header
 * @returns {MapData["readings"]}
 */
function readingsOf(columns, { readings }) {
  const doubt = intervalsOf(columns, "");
  const others = readings.map((when) => [when, replaced(doubt, columns[`${when}_places`], intervalsOf(columns, `${when}_`))]);
  return Object.fromEntries([["doubt", doubt], ...others]);
}

/** @param {ArrayBuffer} buffer */
const headerLength = (buffer) => new DataView(buffer).getUint32(0, true);

/**
 * What stands before the columns.
 * @param {ArrayBuffer} buffer
 * @returns {import("./payload").Header}
 */
export function headerOf(buffer) {
  return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength(buffer))));
}

/**
 * @param {ArrayBuffer} buffer
 * @param {Pick<import("./payload").Header, "columns">} header
 */
export function columnsOf(buffer, header) {
  /** @type {Record<string, Int32Array>} */
  const columns = {};
  let offset = 4 + headerLength(buffer);
  for (const [name, count, planes] of header.columns) {
    columns[name] = readPlanes(new Uint8Array(buffer, offset, count * planes), count, planes);
    offset += count * planes;
  }
  return columns;
}

/**
 * Numbers from their bytes: the lowest byte of each, then the next byte of each.
 * @param {Uint8Array} bytes
 * @param {number} count
 * @param {number} planes
 */
function readPlanes(bytes, count, planes) {
  const out = new Int32Array(bytes.subarray(0, count));
  for (let plane = 1; plane < planes; plane++) {
    const [from, shift] = [plane * count, 8 * plane];
    for (let i = 0; i < count; i++) out[i] |= bytes[from + i] << shift;
  }
  return out;
}

/**
 * @param {Int32Array} values
 * @param {number} divisor
 */
function divided(values, divisor) {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] / divisor;
  return out;
}

/** @param {Int32Array} counts */
export function cumulative(counts) {
  const out = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) out[i + 1] = out[i] + counts[i];
  return out;
}

/**
 * Every vertex of every ring: longitude and latitude in units, and x and y in Web Mercator. A vertex is new, or a
 * reference to one that was walked before: see geo/maps/geometry.py.
 * @param {Record<string, Int32Array>} columns
 * @param {number} perDegree units
 */
function walk({ vertex_references, longitude_steps, latitude_steps }, perDegree) {
  const total = vertex_references.length;
  const [longitudes, latitudes] = [new Int32Array(total), new Int32Array(total)];
  const [x, y] = [new Float64Array(total), new Float64Array(total)];
  const firstSeen = new Int32Array(longitude_steps.length);
  let [count, number, longitude, latitude] = [0, 0, 0, 0];
  for (let k = 0; k < total; k++) {
    const reference = vertex_references[k];
    if (reference === 0) {
      number = count++;
      firstSeen[number] = k;
      longitude += unzigzag(longitude_steps[number]);
      latitude += unzigzag(latitude_steps[number]);
      const sine = Math.sin(((latitude / perDegree) * Math.PI) / 180);
      x[k] = longitude / perDegree / 360 + 0.5;
      y[k] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    } else {
      number += unzigzag(reference - 1) - 1;
      const seen = firstSeen[number];
      longitude = longitudes[seen];
      latitude = latitudes[seen];
      x[k] = x[seen];
      y[k] = y[seen];
    }
    longitudes[k] = longitude;
    latitudes[k] = latitude;
  }
  return { longitudes, latitudes, x, y };
}

/**
 * Representative points, in units: those with an area are coded from the middle of its bounding box.
 * @param {Record<string, Int32Array>} columns
 * @param {Int32Array} areaRings
 * @param {Int32Array} ringStart
 * @param {{longitudes: Int32Array, latitudes: Int32Array}} vertices
 */
function pointsOf({ point_longitude_steps, point_latitude_steps }, areaRings, ringStart, vertices) {
  const longitudes = point_longitude_steps.map(unzigzag);
  const latitudes = point_latitude_steps.map(unzigzag);
  for (let area = 0; area + 1 < areaRings.length; area++) {
    const [from, to] = [ringStart[areaRings[area]], ringStart[areaRings[area + 1]]];
    longitudes[area] += middle(vertices.longitudes, from, to);
    latitudes[area] += middle(vertices.latitudes, from, to);
  }
  return { longitudes, latitudes };
}

/**
 * @param {Int32Array} values
 * @param {number} from
 * @param {number} to
 */
function middle(values, from, to) {
  let [low, high] = [values[from], values[from]];
  for (let k = from; k < to; k++) {
    if (values[k] < low) low = values[k];
    if (values[k] > high) high = values[k];
  }
  return (low + high) >> 1;
}

/**
 * @param {Record<string, Int32Array>} columns
 * @param {string} prefix of the columns' names
 * @returns {Intervals}
 */
function intervalsOf(columns, prefix) {
  const intervalStart = cumulative(columns[`${prefix}intervals_per_place`]);
  const intervalEvent = columns[`${prefix}interval_event_steps`].slice();
  for (let k = 0, event = -1; k < intervalEvent.length; k++) intervalEvent[k] = event += unzigzag(intervalEvent[k]);
  return {
    intervalStart,
    intervalDay: daysFromGaps(columns[`${prefix}interval_gaps`], intervalStart),
    intervalState: columns[`${prefix}interval_states`],
    intervalEvent,
  };
}

/**
 * Intervals in which some places have others.
 * @param {Intervals} base
 * @param {Int32Array} places the places that have others, ascending
 * @param {Intervals} others intervals of those places, in their order
 * @returns {Intervals}
 */
function replaced(base, places, others) {
  const placeCount = base.intervalStart.length - 1;
  const other = new Int32Array(placeCount).fill(-1);
  places.forEach((place, k) => (other[place] = k));
  const counts = Int32Array.from(other, (k, place) =>
    k < 0 ? base.intervalStart[place + 1] - base.intervalStart[place] : others.intervalStart[k + 1] - others.intervalStart[k],
  );
  const intervalStart = cumulative(counts);
  const pick = (/** @type {"intervalDay" | "intervalState" | "intervalEvent"} */ column) => {
    const out = new Int32Array(intervalStart[placeCount]);
    for (let place = 0; place < placeCount; place++) {
      const [source, k] = other[place] < 0 ? [base, place] : [others, other[place]];
      out.set(source[column].subarray(source.intervalStart[k], source.intervalStart[k + 1]), intervalStart[place]);
    }
    return out;
  };
  const [intervalDay, intervalState] = [pick("intervalDay"), pick("intervalState")];
  return { intervalStart, intervalDay, intervalState, intervalEvent: pick("intervalEvent") };
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
