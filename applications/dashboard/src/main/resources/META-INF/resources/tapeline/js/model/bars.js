/** The most values that are kept: the oldest are dropped in steps. */
const MOST = 6_000;
const STEP = 1_000;

/**
 * Bars, or values of an indicator, by the time `t` at which their bar opens. One that comes again replaces
 * the one that is there, if it knows more: a closed bar more than a forming one, a whole bar more than
 * a partial one, an amended bar more than those before it.
 */
export class Bars {
  #all = [];
  #changed = new Set();
  #whole = true;
  /** How many bars are new since the last look. */
  #added = 0;

  get all() {
    return this.#all;
  }

  get newest() {
    return this.#all.at(-1);
  }

  /** The bar that opens at a time; undefined if there is none. */
  at(t) {
    const place = this.placeOf(t);
    return this.#all[place]?.t === t ? this.#all[place] : undefined;
  }

  /** The place of the first bar that opens at a time or later. */
  placeOf(t) {
    let low = 0;
    let high = this.#all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#all[middle].t < t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes a bar as it comes live: of two that know equally much, the later one counts. */
  put(bar) {
    this.#take(bar, 0);
  }

  /** Takes bars of the history: of two that know equally much, the one that is there counts. */
  fill(bars) {
    for (const bar of bars) this.#take(bar, 1);
  }

  /**
   * What has changed since the last call: `{whole: true}` if bars were put before others, or several behind them, else
   * the changed ones in their order, as `{whole: false, bars}`.
   */
  takeChanges() {
    const whole = this.#whole;
    const bars = whole ? [] : [...this.#changed].map((t) => this.at(t)).filter(Boolean);
    this.#whole = false;
    this.#added = 0;
    this.#changed.clear();
    return { whole, bars: bars.sort((a, b) => a.t - b.t) };
  }

  #take(bar, least) {
    if (!Number.isSafeInteger(bar?.t)) return;
    const place = this.placeOf(bar.t);
    const there = this.#all[place];
    if (there?.t !== bar.t) this.#insert(bar, place);
    else if (knowsMore(bar, there) >= least) this.#all[place] = bar;
    else return;
    this.#changed.add(bar.t);
  }

  #insert(bar, place) {
    this.#added += 1;
    this.#whole ||= place < this.#all.length || this.#added > 1;
    this.#all.splice(place, 0, bar);
    if (this.#all.length <= MOST) return;
    this.#all.splice(0, STEP);
    this.#whole = true;
  }
}

/** Above 0 if the first of two bars knows more, below 0 if it knows less. */
function knowsMore(one, other) {
  return (
    Boolean(one.closed) - Boolean(other.closed) ||
    Boolean(other.partial) - Boolean(one.partial) ||
    (one.rev ?? 0) - (other.rev ?? 0)
  );
}
