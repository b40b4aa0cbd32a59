const WINDOW_SECONDS = 5;
const SAMPLES = 101;

/**
 * Measures messages a second over the last five seconds, and the median age of prices on arrival.
 */
export class Meter {
  #counts = new Array(WINDOW_SECONDS + 1).fill(0);
  #second = 0;
  #startedAt = 0;
  #ages = [];

  /** Counts one message, with its age in ms if it has stamps. */
  count(now, age) {
    this.#advance(now);
    this.#startedAt ||= now;
    this.#counts[this.#second % this.#counts.length] += 1;
    if (age === undefined) return;
    this.#ages.push(age);
    if (this.#ages.length > SAMPLES) this.#ages.shift();
  }

  /** Messages a second, over the whole seconds that have passed. */
  rate(now) {
    this.#advance(now);
    const current = this.#counts[this.#second % this.#counts.length];
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const seconds = Math.min(WINDOW_SECONDS, Math.floor(now / 1000) - Math.floor(this.#startedAt / 1000));
    return seconds > 0 ? (total - current) / seconds : 0;
  }

  /** The median age in ms; undefined if no message had stamps. */
  age() {
    if (!this.#ages.length) return undefined;
    return [...this.#ages].sort((a, b) => a - b)[this.#ages.length >> 1];
  }

  /** Forgets the ages, for another way of delivery. */
  reset() {
    this.#ages = [];
  }

  #advance(now) {
    const second = Math.floor(now / 1000);
    const from = Math.max(this.#second + 1, second - this.#counts.length + 1);
    for (let s = from; s <= second; s++) this.#counts[s % this.#counts.length] = 0;
    this.#second = Math.max(this.#second, second);
  }
}
