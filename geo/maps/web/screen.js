/**
 * A canvas whose pixels are written one by one. Only what was touched is sent to the browser, in squares.
 */

const SQUARE_PX = 16;
/** So many squares that were not touched are sent along where that saves a call, which costs more than they do. */
const BRIDGED = 1;

export class Screen {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#context = contextOf(canvas);
    this.#image = this.#context.createImageData(canvas.width, canvas.height);
    /** Red, green, blue and alpha of each pixel, as canvas memory has them. */
    this.pixels = new Uint32Array(this.#image.data.buffer);
    this.width = canvas.width;
    this.height = canvas.height;
    this.#across = Math.ceil(this.width / SQUARE_PX);
    this.#down = Math.ceil(this.height / SQUARE_PX);
    this.#touched = new Uint8Array(this.#across * this.#down);
  }

  #context;
  #image;
  #across;
  #down;
  /** 1 for each square that was touched, row after row. */
  #touched;

  /**
   * Pixels of a box were written; it may reach beyond the canvas.
   * @param {number} left
   * @param {number} top
   * @param {number} right the first column that was not
   * @param {number} bottom the first row that was not
   */
  touch(left, top, right, bottom) {
    const east = Math.min(this.#across, Math.ceil(right / SQUARE_PX));
    const south = Math.min(this.#down, Math.ceil(bottom / SQUARE_PX));
    const west = Math.max(0, Math.floor(left / SQUARE_PX));
    for (let row = Math.max(0, Math.floor(top / SQUARE_PX)); row < south; row++) {
      for (let column = west; column < east; column++) this.#touched[row * this.#across + column] = 1;
    }
  }

  /** Show every pixel. */
  showAll() {
    this.#touched.fill(0);
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** Show what was touched. */
  show() {
    for (let row = 0; row < this.#down; row++) {
      let [begin, end] = [-1, -1];
      for (let column = 0; column < this.#across; column++) {
        if (!this.#touched[row * this.#across + column]) continue;
        if (begin >= 0 && column - end > BRIDGED) {
          this.#send(row, begin, end);
          begin = -1;
        }
        if (begin < 0) begin = column;
        end = column + 1;
      }
      if (begin >= 0) this.#send(row, begin, end);
    }
    this.#touched.fill(0);
  }

  /** @param {number} row of squares @param {number} begin @param {number} end the column after the last */
  #send(row, begin, end) {
    const [left, width] = [begin * SQUARE_PX, (end - begin) * SQUARE_PX];
    this.#context.putImageData(this.#image, 0, 0, left, row * SQUARE_PX, width, SQUARE_PX);
  }
}

/** A context whose pixels stay where the page can write and read them. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}
