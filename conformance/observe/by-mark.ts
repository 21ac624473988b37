/** Rows and members by each of the marks that a service may recognise a person by. */
export class ByMark<Item> {
  readonly #items = new Map<string, Set<Item>>();

  /** The items with a mark. */
  with(mark: string): ReadonlySet<Item> {
    return this.#items.get(mark) ?? new Set();
  }

  add(item: Item, marks: readonly string[]): void {
    for (const mark of marks) this.#items.set(mark, (this.#items.get(mark) ?? new Set()).add(item));
  }

  delete(item: Item, marks: readonly string[]): void {
    for (const mark of marks) {
      const items = this.#items.get(mark);
      items?.delete(item);
      if (items?.size === 0) this.#items.delete(mark);
    }
  }
}
