/** A button that opens a small card with what is needed rarely. */
import { h } from "./dom.js";

/**
 * @param {string} label
 * @param {Node[]} rows
 */
export function menu(label, rows) {
  const card = h("div", { class: "card menu", id: "more", hidden: true, role: "group", "aria-label": label }, ...rows);
  const about = { type: "button", class: "more", "aria-expanded": "false", "aria-controls": "more" };
  const button = h("button", { ...about, onclick: () => open(card.hidden) }, label);
  const element = h("div", { class: "with-menu" }, button, card);
  for (const act of card.querySelectorAll("button")) {
    act.addEventListener("click", () => {
      open(false);
      if (card.contains(document.activeElement)) button.focus();
    });
  }

  function open(/** @type {boolean} */ on) {
    card.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) card.querySelector("select, button, input").focus();
  }
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.stopPropagation();
    open(false);
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!card.hidden && !element.contains(/** @type {Node} */ (event.target))) open(false);
  });
  return { element, close: () => open(false) };
}
