/** Which changes are shown: by the side that gains or loses, and by basis. The areas are never filtered. */
import { h } from "./dom.js";
import { choice } from "./fields.js";

/**
 * A test for changes; null where all are shown.
 * @param {import("./decode.js").State[]} states
 * @param {{actor: number, basis: string}} view
 * @returns {import("./changes.js").Passes | null}
 */
export function changeFilter(states, { actor, basis }) {
  if (actor < 0 && !basis) return null;
  const roles = states.map((state) => roleOf(state, actor));
  return (before, after) => (actor < 0 || roles[before] !== roles[after]) && (!basis || states[after].basis === basis);
}

/**
 * What an actor is in a state; a change concerns the actor where this differs.
 * @param {import("./decode.js").State} state
 * @param {number} actor
 */
function roleOf(state, actor) {
  const part = state.undecided ? `undecided ${state.status}` : state.status;
  if (actor === state.actor) return `holds ${part}`;
  return actor === state.contender ? `contends ${part}` : "none";
}

/** @param {{actor: number, basis: string}} view */
export function isFiltered(view) {
  return view.actor >= 0 || view.basis !== "";
}

/**
 * The two fields.
 * @param {import("./payload").Actor[]} actors
 * @param {import("./view.js").View} view
 * @param {(changes: Partial<import("./view.js").View>) => void} set
 */
export function filterFields(actors, view, set) {
  const sides = actors.map((actor, k) => /** @type {[string, string]} */ ([String(k), actor.name]));
  return h("fieldset", { class: "filters" },
    h("legend", { class: "unseen" }, "Changes shown"),
    choice("Side", "side", [["-1", "any side"], ...sides], String(view.actor), (value) => set({ actor: Number(value) })),
    choice("Basis", "basis", [["", "any basis"], ["observed", "observed"], ["inferred", "inferred"]], view.basis,
      (value) => set({ basis: /** @type {import("./view.js").View["basis"]} */ (value) })));
}
