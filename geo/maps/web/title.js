/** The title card, notices, and the button that copies the link. */
import { h, name } from "./dom.js";

/**
 * @param {import("./payload").Header} header
 * @param {import("./link.js").Link} link
 */
export function titleCard(header, link) {
  return h("section", { class: "card title" },
    h("h1", { title: header.dataset.title }, name(header.dataset.title)),
    header.dataset.title_local && h("p", { class: "local" }, name(header.dataset.title_local)),
    copyButton(link));
}

/** @param {import("./link.js").Link} link */
export function copyButton(link) {
  const copy = h("button", { type: "button", class: "copy", onclick: async () => {
    link.flush();
    await copyText(link.address());
    copy.textContent = "Link copied";
    setTimeout(() => (copy.textContent = "Copy link"), 2000);
  } }, "Copy link");
  return copy;
}

/** Copy with the clipboard's own interface where it is open to us, else through a text field. */
async function copyText(/** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    const field = h("textarea", { class: "unseen" }, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** @param {string} text */
export function notice(text) {
  const element = h("div", { class: "card notice", role: "status" }, text,
    h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => element.remove() }, "×"));
  return element;
}
