/** The button that saves the view as a picture. */
import { h } from "./dom.js";
import { pictureOf } from "./picture.js";
import { legendLinesOf } from "./picture_legend.js";
import { notice } from "./title.js";

/**
 * @param {L.Map} map
 * @param {any} header
 * @param {() => {period: string, legend: HTMLElement}} shown what the map shows now
 */
export function saveButton(map, header, shown) {
  return h("button", { type: "button", class: "save-picture", onclick: async () => {
    const { period, legend } = shown();
    try {
      const picture = await pictureOf({
        map,
        title: header.dataset.title,
        subtitle: period,
        legendLines: legendLinesOf(legend),
        attribution: header.attribution.join(" · "),
        sources: sourcesText(header),
      });
      download(picture, `${header.dataset.id} ${period}.png`);
    } catch (error) {
      map.getContainer().append(notice("The picture could not be saved. Try a smaller window."));
      throw error;
    }
  } }, "Save picture");
}

/**
 * How many reports and documents the picture rests on, and which version of the data it shows.
 * @param {import("./payload").Header} header
 */
export function sourcesText({ events, documents, version }) {
  const reports = events.place.filter((place, event) => place >= 0 && events.corroborates[event] < 0).length;
  const counts = [[reports, "report"], [documents.id.length, "document"]];
  const parts = counts.flatMap(([count, word]) => (count ? [`${count} ${word}${count === 1 ? "" : "s"}`] : []));
  return [parts.join(" from "), `data version ${version}`].filter(Boolean).join(" · ");
}

/** @param {Blob} content @param {string} fileName */
function download(content, fileName) {
  const address = URL.createObjectURL(content);
  h("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
