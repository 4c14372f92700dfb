/**
 * The link: what you see, kept in the address bar so that another person opens the same picture.
 * In the dashboard that is the page's own query string (written with replaceState: the server hears
 * nothing of it); in a saved file it is the part after #.
 *
 * @typedef {{date: string, view: string, layers: string, place: string, version: string}} LinkState
 */

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
  }

  /**
   * What the address says, else what this browser tab showed last of the same dataset.
   * @returns {Partial<LinkState>}
   */
  read() {
    const { hash, search } = this.page.location;
    const given = Object.fromEntries(new URLSearchParams(this.inHash ? hash.slice(1) : search));
    const says = given.date || given.view || given.place || given.layers;
    this.state = says ? pick(given) : this.#remembered();
    return this.state;
  }

  /** @param {Partial<LinkState>} changes empty text takes a key out */
  write(changes) {
    this.state = { ...this.state, ...changes };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WRITE_DELAY_MS);
  }

  flush() {
    clearTimeout(this.timer);
    this.page.history.replaceState(this.page.history.state, "", this.address());
    try {
      this.page.sessionStorage.setItem(this.#key(), JSON.stringify(this.state));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // storage is closed to us: nothing to remember with
    }
  }

  /** The whole link as text. */
  address() {
    const url = new URL(this.page.location.href);
    const query = new URLSearchParams(this.inHash ? "" : url.search);
    query.set("dataset", this.dataset);
    for (const [key, value] of Object.entries(this.state)) value ? query.set(key, value) : query.delete(key);
    const text = query.toString().replaceAll("%2C", ",");
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

/** @param {Record<string, string>} given */
function pick({ date, view, layers, place, version }) {
  return { date, view, layers, place, version };
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
