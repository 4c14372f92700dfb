/**
 * The columns at which a place's rings cross the middles of pixel rows, sorted within each row.
 *
 * All places are walked once, before the first picture, by code that has only just begun to run: lists that are taken
 * apart in a loop, as in `[a, b] = [b, a]`, are slow then.
 */
export class Crossings {
  x = new Float64Array(1024);
  #rowStart = new Int32Array(1024);
  #firstRow = 0;
  #edges = edgeList(256);

  /** @param {number} row */
  begin(row) {
    return this.#rowStart[row - this.#firstRow];
  }

  /** @param {number} row */
  end(row) {
    return this.#rowStart[row - this.#firstRow + 1];
  }

  /**
   * @param {import("./raster.js").Shapes} shapes
   * @param {number} place
   * @param {number} firstRow
   * @param {number} lastRow
   * @param {number} left
   * @param {number} top
   * @param {number} scale
   */
  collect(shapes, place, firstRow, lastRow, left, top, scale) {
    const count = lastRow - firstRow + 1;
    this.#firstRow = firstRow;
    if (this.#rowStart.length < count + 2) this.#rowStart = new Int32Array(2 * count + 2);
    const start = this.#rowStart.fill(0, 0, count + 2);
    // A row is crossed by an edge from its upper end (included) to its lower end (excluded). Counted two places on,
    // so that after summing, start[row + 1] is where the row's columns begin and filling moves it to where they end.
    const edges = this.#crossing(shapes, place, firstRow, lastRow, top, scale);
    const { vertex, from, to, slope } = this.#edges;
    for (let edge = 0; edge < edges; edge++) for (let row = from[edge]; row <= to[edge]; row++) start[row - firstRow + 2]++;
    for (let row = 2; row < count + 2; row++) start[row] += start[row - 1];
    if (this.x.length < start[count + 1]) this.x = new Float64Array(2 * start[count + 1]);
    const { x, y } = shapes;
    for (let edge = 0; edge < edges; edge++) {
      const a = vertex[edge];
      for (let row = from[edge]; row <= to[edge]; row++) {
        this.x[start[row - firstRow + 1]++] = (x[a] + (top + (row + 0.5) / scale - y[a]) * slope[edge] - left) * scale - 0.5;
      }
    }
    for (let row = firstRow; row <= lastRow; row++) sort(this.x, this.begin(row), this.end(row));
  }

  /**
   * List the edges that cross the middle of a row.
   * @param {import("./raster.js").Shapes} shapes
   * @param {number} place
   * @param {number} firstRow
   * @param {number} lastRow
   * @param {number} top
   * @param {number} scale
   * @returns {number} how many
   */
  #crossing({ x, y, vertices, ringStart, areaRings }, place, firstRow, lastRow, top, scale) {
    const most = ringStart[areaRings[place + 1]] - ringStart[areaRings[place]];
    if (this.#edges.vertex.length < most) this.#edges = edgeList(2 * most);
    const { vertex, from, to, slope } = this.#edges;
    let count = 0;
    for (let ring = areaRings[place]; ring < areaRings[place + 1]; ring++) {
      const end = ringStart[ring + 1];
      let a = vertices[end - 1];
      let rowA = Math.ceil((y[a] - top) * scale - 0.5);
      for (let k = ringStart[ring]; k < end; k++) {
        const b = vertices[k];
        const rowB = Math.ceil((y[b] - top) * scale - 0.5);
        const first = rowA < rowB ? rowA : rowB;
        const last = (rowA < rowB ? rowB : rowA) - 1;
        if (first <= last && first <= lastRow && last >= firstRow) {
          vertex[count] = a;
          from[count] = first < firstRow ? firstRow : first;
          to[count] = last > lastRow ? lastRow : last;
          slope[count++] = (x[b] - x[a]) / (y[b] - y[a]);
        }
        a = b;
        rowA = rowB;
      }
    }
    return count;
  }
}

/**
 * Edges of a place: the vertex each begins at, the first and last row it crosses, and how far x moves with y.
 * @param {number} length
 */
function edgeList(length) {
  const [vertex, from, to] = [0, 1, 2].map(() => new Int32Array(length));
  return { vertex, from, to, slope: new Float64Array(length) };
}

/**
 * Sort a few numbers in place: mostly there are two.
 * @param {Float64Array} numbers
 * @param {number} begin
 * @param {number} end
 */
function sort(numbers, begin, end) {
  for (let k = begin + 1; k < end; k++) {
    const value = numbers[k];
    let slot = k;
    for (; slot > begin && numbers[slot - 1] > value; slot--) numbers[slot] = numbers[slot - 1];
    numbers[slot] = value;
  }
}
