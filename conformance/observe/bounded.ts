/** A map of bounded size, which drops its oldest entry. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #max: number;
  readonly #onDrop: (value: Value) => void;

  constructor(max: number, onDrop: (value: Value) => void = () => {}) {
    super();
    this.#max = max;
    this.#onDrop = onDrop;
  }

  override set(key: Key, value: Value): this {
    if (!this.has(key) && this.size >= this.#max) {
      const [first] = this.entries();
      if (first) {
        this.delete(first[0]);
        this.#onDrop(first[1]);
      }
    }
    return super.set(key, value);
  }
}
