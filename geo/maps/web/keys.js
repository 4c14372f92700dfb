/** Keys that work wherever the focus is, but not while somebody types into a field. */
import { linkWindow } from "./link.js";

/** @param {Record<string, (focus: EventTarget) => void>} keys by name, such as PageUp or Shift+ArrowUp */
export function listenToKeys(keys) {
  const listener = (/** @type {any} */ event) => {
    const target = event.target.tagName;
    const isField = ["INPUT", "TEXTAREA", "SELECT"].includes(target);
    const typing = isField && !["range", "checkbox"].includes(event.target.type) && event.key !== "Escape";
    const pressing = event.key === " " && ["BUTTON", "SUMMARY", "A", "INPUT"].includes(target);
    const key = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    if (typing || pressing || event.ctrlKey || event.metaKey || event.altKey || !keys[key]) return;
    if (event.target.ownerDocument !== document && isForm(event.target)) return;
    event.preventDefault();
    keys[key](event.target);
  };
  const leave = new AbortController();
  window.addEventListener("pagehide", () => leave.abort());
  for (const page of new Set([document, linkWindow().document])) {
    page.addEventListener("keydown", listener, { signal: leave.signal });
  }
}

/** Whether an element of the page around the map needs the keys itself. @param {Element} element */
function isForm(element) {
  return element.closest("[role=slider], [role=listbox], [role=combobox], [role=tablist], [role=menu]") !== null;
}
