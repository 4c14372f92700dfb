/** geo/maps/ink.json, which geo/maps/bundle.py makes a module of. */
type Colour = [red: number, green: number, blue: number];

export const constants: {
  tile_px: number;
  paper: Colour;
  ink: Colour;
  nobody: Colour;
  front: Colour;
  opacity: number;
  /** Share of paper mixed into a colour: an inferred state is lighter than an observed one. */
  tint: Record<string, number>;
  edge_paper: number;
  outline_ink: number;
  ring_ink: number;
  unnamed_paper: number;
  /** What the patterns mean; drawn: on maps whose places are pieces of ground without names. */
  readings: { pattern: string; text: string; drawn?: string; basis?: string }[];
};
