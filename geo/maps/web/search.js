/** Find a place by any of its names, in any script; capitals, accents and vowel marks do not matter. */
import { h, name } from "./dom.js";

const AT_MOST = 8;
const LETTERS = {
  ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ى: "ي", ة: "ه", ـ: "",
};
const PLAIN = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** @typedef {{place: number, spelling: string, key: string}} Entry */

/**
 * What of a name counts when it is looked for.
 * @param {string} text
 */
export function foldName(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}|[\p{Pi}\p{Pf}'`ʿʾʼ]/gu, "")
    .replace(PLAIN, (letter) => LETTERS[/** @type {"ß"} */ (letter)])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Every spelling of every place.
 * @param {import("./payload").Places} places columns of header.places
 * @returns {Entry[]}
 */
export function spellings({ name: names, name_local, aliases }) {
  return names.flatMap((/** @type {string} */ own, /** @type {number} */ place) => {
    const all = [own, name_local[place], ...(aliases[place] ?? "").split("|")].filter(Boolean);
    return [...new Set(all)].map((spelling) => ({ place, spelling, key: foldName(spelling) }));
  });
}

/**
 * The places that fit best: the whole name, then its beginning, then the beginning of a word, then any part.
 * @param {Entry[]} entries
 * @param {string} typed
 * @param {ArrayLike<number>} area_km2 of each place; the larger place first where names fit equally
 * @returns {Entry[]} one for each place
 */
export function find(entries, typed, area_km2) {
  const wanted = foldName(typed);
  if (!wanted) return [];
  /** @type {Map<number, Entry & {rank: number}>} */
  const best = new Map();
  for (const entry of entries) {
    const at = entry.key.indexOf(wanted);
    if (at < 0) continue;
    const rank = entry.key === wanted ? 0 : at === 0 ? 1 : entry.key.includes(` ${wanted}`) ? 2 : 3;
    if (rank < (best.get(entry.place)?.rank ?? 4)) best.set(entry.place, { ...entry, rank });
  }
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || (area_km2[b.place] || 0) - (area_km2[a.place] || 0) || a.place - b.place)
    .slice(0, AT_MOST);
}

/**
 * @param {import("./payload").Places} places
 * @param {(place: number) => void} onChoose
 */
export function searchBox(places, onChoose) {
  /** @type {Entry[] | null} */
  let entries = null;
  /** @type {Entry[]} */
  let found = [];
  let active = -1;
  const input = h("input", {
    type: "text", role: "combobox", placeholder: "Find a place", "aria-label": "Find a place by any of its names",
    autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found", dir: "auto",
  });
  const list = h("ul", { id: "found", role: "listbox", "aria-label": "Places", hidden: true });
  const count = h("span", { class: "unseen", role: "status" });
  const element = h("search", { class: "card search" }, input, list, count);

  input.addEventListener("input", () => offer());
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => close());

  function offer() {
    entries ??= spellings(places);
    found = find(entries, input.value, places.area_km2);
    list.replaceChildren(...found.map(option));
    if (input.value && !found.length) list.append(h("li", { class: "none" }, "No place has this name."));
    list.hidden = !input.value;
    input.setAttribute("aria-expanded", String(found.length > 0));
    count.textContent = input.value ? `${found.length === AT_MOST ? "first " : ""}${found.length} found` : "";
    activate(found.length ? 0 : -1);
  }

  function option(/** @type {Entry} */ { place, spelling }, /** @type {number} */ k) {
    const own = places.name[place];
    const local = places.name_local[place];
    const keepFocus = (/** @type {Event} */ event) => event.preventDefault();
    return h("li", { role: "option", id: `found-${k}`, onpointerdown: keepFocus, onclick: () => choose(k) },
      name(own), local && name(local, { class: "local" }),
      spelling !== own && spelling !== local && h("span", { class: "alias" }, "also ", name(spelling)));
  }

  function onKey(/** @type {KeyboardEvent} */ event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return offer();
      if (found.length) activate((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  }

  function activate(/** @type {number} */ k) {
    active = k;
    [...list.children].forEach((row, other) => row.setAttribute("aria-selected", String(other === k)));
    if (k < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `found-${k}`);
    list.children[k].scrollIntoView({ block: "nearest" });
  }

  function choose(/** @type {number} */ k) {
    const { place } = found[k];
    input.value = places.name[place];
    close();
    onChoose(place);
  }

  function close() {
    list.hidden = true;
    count.textContent = "";
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }
  return { element, focus: () => input.focus() };
}
