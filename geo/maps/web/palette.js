/** The tiles of all inks in one table: whatever is drawn at a pixel, its colour is one look-up. */

export class Palette {
  /**
   * @param {ReturnType<typeof import("./ink.js").makeTiles>} tiles
   * @param {number} kinds how many of the kinds of each tile are wanted
   */
  constructor({ side, tiles }, kinds) {
    this.side = side;
    /** Pixels of a tile: where the next kind of the same ink begins. */
    this.square = side * side;
    this.#stride = kinds * this.square;
    /** Before the first ink there is one without colour, for pixels without a place. */
    this.colours = new Uint32Array((tiles.length + 1) * this.#stride);
    tiles.forEach((tile, code) => {
      for (let kind = 0; kind < kinds; kind++) this.colours.set(tile.kinds[kind], this.begin(code) + kind * this.square);
    });
  }

  #stride;

  /** Where the tiles of an ink begin. @param {number} code its number; -1 for no place */
  begin(code) {
    return (code + 1) * this.#stride;
  }

  /** Where the tiles of each place's ink begin, by place + 1 as in a raster. @param {Uint16Array} codes */
  begins(codes) {
    const begins = new Uint32Array(codes.length + 1);
    for (let place = 0; place < codes.length; place++) begins[place + 1] = (codes[place] + 1) * this.#stride;
    return begins;
  }
}
