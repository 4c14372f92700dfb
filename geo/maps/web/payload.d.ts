/** The header that geo/maps/payload.py writes: tables by columns, referring to each other by position, -1 for none. */
import type { State } from "./decode.js";

export interface Actor {
  id: string;
  name: string;
  name_local: string;
  /** such as #3d6a9e */
  colour: string;
  side: string;
}

/** Places 0 .. areaCount-1 have an area. */
export interface Places {
  id: string[];
  name: string[];
  name_local: string[];
  /** separated by | */
  aliases: string[];
  area_basis: string[];
  /** UCDP where_prec, 1 exact .. 7 */
  precision: number[];
  parent: number[];
  longitude: Float64Array;
  latitude: Float64Array;
  area_km2: Float64Array;
}

/** What the baseline says of each place with an area. */
export interface Baseline {
  state: number[];
  document: number[];
  quote: string[];
  note: string[];
}

export interface Events {
  id: string[];
  place: number[];
  /** days from start_date */
  earliest: number[];
  latest: number[];
  /** UCDP date precision, 1 exact day .. 5 year */
  date_precision: number[];
  from: number[];
  to: number[];
  status: string[];
  assertion: string[];
  basis: string[];
  confidence: number[];
  document: number[];
  quote: string[];
  note: string[];
  rule: string[];
  corroborates: number[];
  changes_map: boolean[];
}

export interface Documents {
  id: string[];
  title: string[];
  publisher: string[];
  published: string[];
  url: string[];
}

/** How often a document names a place. */
export interface Mentions {
  place: number[];
  document: number[];
  count: number[];
}

/** How far a place reaches that is not a point. */
export interface Extent {
  place: number;
  kind: "areas" | "radius" | "unknown";
  radius_km: number | null;
  /** rings of latitude and longitude, empty unless kind is areas */
  outline: [number, number][][];
}

export interface Header {
  version: string;
  dataset: { id: string; title: string; title_local: string };
  start_date: string;
  day_count: number;
  opening_day: number;
  /** south west, north east; latitude first */
  bounds: [[number, number], [number, number]];
  degrees_per_unit: number;
  /** The container's columns in their order: name, how many numbers, how many bytes each. */
  columns: [string, number, number][];
  actors: Actor[];
  /** the readings other than "doubt" that differ from it */
  readings: string[];
  states: State[];
  places: Places;
  baseline: Baseline;
  events: Events;
  documents: Documents;
  mentions: Mentions;
  extents: Extent[];
  /** places that only help to read the map, where its ground has no names; most inhabitants first */
  towns: number[];
  /** whether all areas are pieces of ground that a source draws without naming them */
  is_drawn_by_source: boolean;
  /** places that only have a position for a name */
  unnamed: number[];
  rules: { id: string; name: string; reason: string }[];
  attribution: string[];
}
