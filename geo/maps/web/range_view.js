/** The table "what changed": km² gained and lost by side between two dates. */
import { h, name } from "./dom.js";
import { accountsOf } from "./shares.js";
import { km2 } from "./words.js";

/** The side beside a holder whose opponent nobody names. */
export const HATCHED = "repeating-linear-gradient(135deg,#8d8f92 0 3px,#f4f2ec 3px 6px)";

/** @param {import("./payload").Header} header */
export function gainsTable(header) {
  const rows = h("tbody");
  const element = h("table", { class: "gains", hidden: true },
    h("caption", {}, "What changed"),
    h("thead", {}, h("tr", {}, h("th", { colspan: 2 }, "Side"), h("th", {}, "gained km²"), h("th", {}, "lost km²"))), rows);
  const { contested, unknown } = accountsOf(header);

  function label(/** @type {number} */ account) {
    if (account === contested) return { text: "Contested, other side not named", ink: HATCHED };
    if (account === unknown) return { text: "Not known", ink: "#9ca0a4" };
    return { text: header.actors[account].name, ink: header.actors[account].colour };
  }

  function show(/** @type {import("./range.js").Between} */ { accounts }) {
    const lines = accounts.flatMap(({ gained_km2, lost_km2 }, account) => {
      if (!gained_km2 && !lost_km2) return [];
      const { text, ink } = label(account);
      return [h("tr", {},
        h("td", {}, h("i", { class: "swatch", style: `background:${ink}` })),
        h("th", { scope: "row" }, name(text)),
        h("td", { class: "figure" }, gained_km2 ? `+${km2(gained_km2)}` : "0"),
        h("td", { class: "figure" }, lost_km2 ? `−${km2(lost_km2)}` : "0"))];
    });
    const nothing = h("tr", {}, h("td", { colspan: 4, class: "none" }, "Nothing changed between these dates."));
    rows.replaceChildren(...(lines.length ? lines : [nothing]));
  }
  return { element, show, clear: () => rows.replaceChildren() };
}
