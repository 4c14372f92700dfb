/** A field for a date that is typed. */
import { readDate } from "./dates.js";
import { h } from "./dom.js";

const NO_DATE = "Not a date. Type it as 2016-12-06 or 6 December 2016.";

/**
 * @param {string} kind class of the field
 * @param {string} label
 * @param {(iso: string) => string | null} onDate takes a date; returns the one to show, null where it is none for it
 */
export function dateField(kind, label, onDate) {
  const input = h("input", {
    type: "text", class: `date-field ${kind}`, "aria-label": `${label}, such as 2016-12-06 or 6 December 2016`,
    size: 10, autocomplete: "off", spellcheck: "false", onchange: () => take(),
  });
  const take = () => {
    const date = readDate(input.value);
    const taken = date && onDate(date);
    input.setAttribute("aria-invalid", String(!taken));
    input.title = taken ? "" : NO_DATE;
    input.setCustomValidity(input.title);
    if (taken) input.value = taken;
  };
  input.addEventListener("input", () => input.setCustomValidity(""));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return;
    take();
    input.reportValidity(); // says what is wrong beside the field
  });
  return input;
}

/**
 * Show a date, unless somebody types.
 * @param {HTMLInputElement} input
 * @param {string} iso
 */
export function putDate(input, iso) {
  if (input === document.activeElement) return;
  if (input.value !== iso) input.value = iso;
  input.removeAttribute("aria-invalid");
  input.setCustomValidity("");
}
