/**
 * A canvas whose pixels are written one by one. Only what was touched is sent to the browser, in squares: one call
 * costs more than some more pixels.
 */

const SQUARE_PX = 32;

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

export class Screen {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = contextOf(canvas);
    this.#image = this.#context.createImageData(canvas.width, canvas.height);
    /** Red, green, blue and alpha of each pixel, as canvas memory has them. */
    this.pixels = new Uint32Array(this.#image.data.buffer);
    this.width = canvas.width;
    this.height = canvas.height;
  }

  #context;
  #image;

  /** Show every pixel. */
  showAll() {
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** Show the pixels in boxes. @param {Iterable<Box>} boxes */
  show(boxes) {
    const [across, down] = [Math.ceil(this.width / SQUARE_PX), Math.ceil(this.height / SQUARE_PX)];
    const touched = new Uint8Array((across + 1) * down); // a column more, never touched, ends every row
    for (const { left, top, width, height } of boxes) {
      const [west, north] = [Math.max(0, Math.floor(left / SQUARE_PX)), Math.max(0, Math.floor(top / SQUARE_PX))];
      const east = Math.min(across - 1, Math.floor((left + width - 1) / SQUARE_PX));
      const south = Math.min(down - 1, Math.floor((top + height - 1) / SQUARE_PX));
      for (let row = north; row <= south; row++) {
        for (let column = west; column <= east; column++) touched[row * (across + 1) + column] = 1;
      }
    }
    for (let at = touched.indexOf(1); at >= 0; at = touched.indexOf(1, at)) {
      const end = touched.indexOf(0, at);
      const [x, y] = [(at % (across + 1)) * SQUARE_PX, Math.floor(at / (across + 1)) * SQUARE_PX];
      this.#context.putImageData(this.#image, 0, 0, x, y, (end - at) * SQUARE_PX, SQUARE_PX);
      at = end;
    }
  }
}

/** A context whose pixels stay where the page can write and read them. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}
