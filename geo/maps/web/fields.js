/** Small form fields that several cards use. */
import { h } from "./dom.js";

/**
 * A choice of one, with its label.
 * @param {string} label
 * @param {string} kind class of the field
 * @param {[value: string, text: string][]} options
 * @param {string} value
 * @param {(value: string) => void} onChoice
 * @returns {HTMLElement}
 */
export function choice(label, kind, options, value, onChoice) {
  const select = h("select", { class: kind, id: `choice-${kind}`, onchange: () => onChoice(select.value) },
    ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  return h("div", { class: "choice" }, h("label", { for: select.id }, label), select);
}

/**
 * @param {string} label
 * @param {string} kind
 * @param {boolean} on
 * @param {(on: boolean) => void} onChange
 * @returns {HTMLLabelElement}
 */
export function checkbox(label, kind, on, onChange) {
  const box = h("input", { type: "checkbox", name: kind, checked: on, onchange: () => onChange(box.checked) });
  return h("label", { class: "check" }, box, label);
}

/**
 * Close a checkbox, saying why; without a reason it is open.
 * @param {HTMLElement} check
 * @param {string} reason
 */
export function closeCheckbox(check, reason) {
  /** @type {HTMLInputElement} */ (check.querySelector("input")).disabled = Boolean(reason);
  check.querySelector(".reason")?.remove();
  if (reason) check.append(h("span", { class: "reason" }, reason));
}

/**
 * A button that is drawn, not written.
 * @param {string} label
 * @param {string} kind
 * @param {() => void} onClick
 * @returns {HTMLButtonElement}
 */
export function iconButton(label, kind, onClick) {
  return h("button", { type: "button", class: kind, title: label, "aria-label": label, onclick: onClick });
}
