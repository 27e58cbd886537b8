// Which element draws which row of a list that is drawn by window: one whose row has left is given to a row that comes,
// so that a scroll changes words in place instead of making elements.
// Never here: the element of the row that had the focus until now. A screen reader would not hear that it is another.

export class Slots {
  #held = new Map<number, number>();
  #made = 0;
  #focused = -1;

  /** A number for each of the rows, which a row keeps for as long as it is among them. */
  place(rows: readonly number[], focused: number): number[] {
    const staying = new Set(rows);
    const free = [...this.#held].filter(([row]) => !staying.has(row) && row !== this.#focused).map(([, slot]) => slot);
    const held = new Map<number, number>();
    for (const row of rows) held.set(row, this.#held.get(row) ?? free.pop() ?? this.#made++);
    this.#held = held;
    this.#focused = focused;
    return [...held.values()];
  }
}
