/** Says politely, to a screen reader, what the map shows once it rests. */
import { h } from "./dom.js";

const REST_MS = 400;

export function announcer() {
  const element = h("p", { class: "unseen announce", role: "status", "aria-live": "polite" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function say(/** @type {string} */ text) {
    clearTimeout(timer);
    timer = setTimeout(() => (element.textContent = text), REST_MS);
  }
  return { element, say };
}
