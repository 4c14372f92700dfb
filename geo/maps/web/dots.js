/** Draws the points of a day on a canvas; see points.js. */

/** @typedef {{radius: number, fill: string, alpha: number, stroke: string}} Look how one kind of point is drawn */

/** @typedef {{looks: Look[], kind: Uint8Array, at: Float32Array}} Points kind of each point; its x and y in CSS pixels */

export class Dots {
  /** @param {(answer: {number: number}) => void} reply called when the frame with the newest order is done */
  constructor(reply) {
    this.reply = reply;
  }

  /** @type {CanvasRenderingContext2D | null} */
  #context = null;
  #ratio = 1;
  /** @type {Points} */
  #points = { looks: [], kind: new Uint8Array(0), at: new Float32Array(0) };
  #number = 0;
  #asked = false;

  /**
   * A new canvas, or new points, or both.
   * @param {{number: number, canvas?: HTMLCanvasElement, ratio?: number, points: Points}} order
   */
  take({ number, canvas, ratio, points }) {
    if (canvas) {
      this.#context = canvas.getContext("2d");
      this.#ratio = ratio ?? 1;
    }
    this.#points = points;
    this.#number = number;
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#asked = false;
    const context = /** @type {CanvasRenderingContext2D} */ (this.#context);
    const { looks, kind, at } = this.#points;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.scale(this.#ratio, this.#ratio);
    context.lineWidth = 2;
    kind.forEach((number, k) => {
      const { radius, fill, alpha, stroke } = looks[number];
      context.beginPath();
      context.arc(at[2 * k], at[2 * k + 1], radius, 0, 2 * Math.PI);
      context.fillStyle = fill;
      context.globalAlpha = alpha;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = stroke;
      context.stroke();
    });
    const number = this.#number;
    requestAnimationFrame(() => this.reply({ number }));
  }
}
