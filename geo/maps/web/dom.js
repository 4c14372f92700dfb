/**
 * Builds elements from data. Text only ever becomes text nodes and attributes, never markup,
 * so names and quotes from documents cannot turn into HTML.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `class`, `on…` listeners and plain attributes; null leaves one out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * A name in any script, isolated so that its direction does not disturb the text around it.
 * @param {string} text
 * @param {Record<string, any>} [attributes]
 */
export function name(text, attributes = {}) {
  return h("bdi", { dir: "auto", ...attributes }, text);
}

/**
 * A link to a web address, or plain text where the address is not http or https.
 * @param {string} address
 * @param {string} text
 */
export function webLink(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) return name(text);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, name(text));
}
