/** The areas on the map, for one day or two: timelines, how they are painted, and their layers. */
/* global L */
import { AreaLayer } from "./area_layer.js";
import { swipe } from "./compare.js";
import { Painting } from "./painting.js";
import { Ground } from "./shares.js";
import { Timeline } from "./timeline.js";

export class Scene {
  /**
   * @param {L.Map} map
   * @param {import("./decode.js").MapData} data
   * @param {import("./view.js").View} view
   * @param {import("./words.js").Words} words
   */
  constructor(map, data, view, words) {
    this.map = map;
    this.data = data;
    this.timeline = new Timeline(data);
    this.ground = new Ground(this.timeline, data);
    this.painting = new Painting(data, this.timeline);
    this.areas = this.#layer(this.painting);
    this.group = L.layerGroup([this.areas]);
    this.swipe = swipe(map, words);
    this.front = false;
    /** @type {Timeline | null} the other date, once it is asked for */
    this.earlier = null;
    /** @type {Painting | null} */
    this.paintingBefore = null;
    /** @type {AreaLayer | null} the layer of the other date */
    this.areasBefore = null;
    this.setUp(view);
  }

  /**
   * Show the view from the ground up: after a change of mode, of fading, or of how dates are read.
   * @param {import("./view.js").View} view
   */
  setUp(view) {
    this.timeline.read(view.when);
    this.timeline.seek(view.day);
    const earlier = view.mode === "day" ? null : this.#setUpEarlier(view);
    const manner = view.mode === "range" ? "difference" : view.fade ? "age" : "states";
    this.painting.choose(manner, earlier);
    this.areas.show(this.painting.codes, this.painting.inks);
    if (earlier && view.mode === "compare") this.#openSwipe(view, earlier);
    else this.#closeSwipe();
  }

  /** @param {Painting} painting */
  #layer({ codes, inks }) {
    return new AreaLayer(this.data, codes, inks);
  }

  /** Follow the view's dates. @param {import("./view.js").View} view */
  move(view) {
    const moved = this.timeline.seek(view.day);
    if (this.earlier && view.mode !== "day") {
      const movedBefore = this.earlier.seek(view.from);
      if (view.mode === "compare") this.areasBefore?.repaint(this.paintingBefore?.follow(movedBefore) ?? []);
    }
    this.areas.repaint(this.painting.follow(moved));
    if (view.mode === "compare") this.swipe.show(view.from, view.day);
  }

  /** Whether the line between different holders is drawn. @param {boolean} on */
  setFront(on) {
    this.front = on;
    this.areas.setFront(on);
    this.areasBefore?.setFront(on);
  }

  /** The place and the timeline that are drawn at a point. @param {L.Point} point of the map's container */
  at(point) {
    const shown = this.map.hasLayer(this.areas);
    const timeline = (this.swipe.isBefore(point) && this.earlier) || this.timeline;
    return { place: shown ? this.areas.placeAt(point) : -1, timeline };
  }

  /** @param {import("./view.js").View} view */
  #setUpEarlier(view) {
    this.earlier ??= new Timeline(this.data);
    this.earlier.read(view.when);
    this.earlier.seek(view.from);
    return this.earlier;
  }

  /** @param {import("./view.js").View} view @param {Timeline} earlier */
  #openSwipe(view, earlier) {
    const painting = (this.paintingBefore ??= new Painting(this.data, earlier));
    painting.choose(view.fade ? "age" : "states", null);
    const areas = (this.areasBefore ??= this.#layer(painting));
    areas.show(painting.codes, painting.inks);
    areas.setFront(this.front);
    this.group.addLayer(areas);
    this.swipe.open(areas, this.areas);
    this.swipe.show(view.from, view.day);
  }

  #closeSwipe() {
    if (this.areasBefore) this.group.removeLayer(this.areasBefore);
    this.swipe.close(this.areas);
  }
}
