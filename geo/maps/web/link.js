/**
 * The link: what you see, kept in the address bar so that another person opens the same picture.
 * In the dashboard that is the page's own query string (written with replaceState: the server hears
 * nothing of it); in a saved file it is the part after #.
 *
 * @typedef {object} LinkState
 * @property {string} mode    range or compare; empty for one day
 * @property {string} date    the day, with one day
 * @property {string} from    the earlier date, with two
 * @property {string} to      the later date, with two
 * @property {string} view    latitude, longitude, zoom
 * @property {string} layers  those that are on
 * @property {string} place   the one selected
 * @property {string} filters such as side:opposition,basis:observed
 * @property {string} when    earliest or latest; empty for the doubt
 * @property {string} step    week or month; empty for a day
 * @property {string} fade    1 where places fade with the age of their evidence
 * @property {string} known   such as published:2016-12-13; empty for what is known now
 * @property {string} version of the data
 */

import { rested } from "./pace.js";

/** @type {(keyof LinkState)[]} */
const KEYS = ["mode", "date", "from", "to", "view", "layers", "place", "filters", "when", "step", "fade", "known", "version"];
const WRITE_DELAY_MS = 150;

export class Link {
  /**
   * @param {Window} page the window whose address is the link
   * @param {string} dataset
   * @param {boolean} inHash
   */
  constructor(page, dataset, inHash) {
    this.page = page;
    this.dataset = dataset;
    this.inHash = inHash;
    this.state = /** @type {Partial<LinkState>} */ ({});
    this.#later = rested(() => this.flush(), WRITE_DELAY_MS);
  }

  #later;
  /** What the link is to say besides what was written, asked for when it is needed. @type {() => Partial<LinkState>} */
  view = () => ({});

  /**
   * What the address says, else what this browser tab showed last of the same dataset.
   * @returns {Partial<LinkState>}
   */
  read() {
    const { hash, search } = this.page.location;
    const given = Object.fromEntries(new URLSearchParams(this.inHash ? hash.slice(1) : search));
    const says = KEYS.some((key) => key !== "version" && given[key]);
    this.state = says ? Object.fromEntries(KEYS.map((key) => [key, given[key]])) : this.#remembered();
    return this.state;
  }

  /** @param {Partial<LinkState>} changes empty text takes a key out */
  write(changes) {
    this.state = { ...this.state, ...changes };
    this.viewChanged();
  }

  /** `view` says something else from now on. */
  viewChanged() {
    this.#later();
  }

  flush() {
    this.page.history.replaceState(this.page.history.state, "", this.address());
    try {
      this.page.sessionStorage.setItem(this.#key(), JSON.stringify({ ...this.state, ...this.view() }));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // storage is closed to us: nothing to remember with
    }
  }

  /** The whole link as text. */
  address() {
    const url = new URL(this.page.location.href);
    const query = new URLSearchParams(this.inHash ? "" : url.search);
    query.set("dataset", this.dataset);
    for (const [key, value] of Object.entries({ ...this.state, ...this.view() })) value ? query.set(key, value) : query.delete(key);
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    if (this.inHash) url.hash = text;
    else url.search = text;
    return url.href;
  }

  #key() {
    return `holdline:${this.dataset}`;
  }

  /** @returns {Partial<LinkState>} */
  #remembered() {
    try {
      return JSON.parse(this.page.sessionStorage.getItem(this.#key()) ?? "{}");
    } catch (error) {
      if (error instanceof DOMException || error instanceof SyntaxError) return {};
      throw error;
    }
  }
}

/**
 * The window whose address is the link: the page around us where we may touch it, else our own.
 * @returns {Window}
 */
export function linkWindow() {
  try {
    if (window.parent.location.href && window.parent !== window) return window.parent;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // a page of another origin holds us
  }
  return window;
}
