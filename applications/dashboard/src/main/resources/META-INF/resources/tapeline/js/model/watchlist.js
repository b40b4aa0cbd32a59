import { keep, recall } from './store.js';

/** The most instruments: the server allows a client 50 channels, and some stay in reserve. */
export const CAPACITY = 40;

const NAME = 'watchlist';
const PREFERRED = [
  'NIFTY', 'BANKNIFTY', 'SENSEX', 'HDFCBANK', 'RELIANCE', 'TCS', 'INFY', 'ICICIBANK', 'SBIN', 'BTCUSDT',
];
const DEFAULT_SIZE = 9;

/**
 * The instruments that are watched, in the user's order. The browser keeps the list from the first
 * change on; before, it follows what the server offers.
 */
export class Watchlist {
  items = [];

  #onChange;
  #chosen;

  constructor(onChange) {
    this.#onChange = onChange;
    const kept = recall(NAME, null);
    this.#chosen = Array.isArray(kept);
    if (this.#chosen) this.items = kept.filter(isInstrument).slice(0, CAPACITY);
  }

  /** Whether the user has never changed the list, so that a default may stand in. */
  get untouched() {
    return !this.#chosen;
  }

  get full() {
    return this.items.length >= CAPACITY;
  }

  /** Offers the server's instruments for a list that the user has never changed. */
  offer(instruments) {
    if (this.#chosen) return;
    this.items = defaults(instruments);
    this.#onChange();
  }

  has(symbol) {
    return this.indexOf(symbol) >= 0;
  }

  indexOf(symbol) {
    return this.items.findIndex((item) => item.symbol === symbol);
  }

  /**
   * Adds an instrument at a place, by default at the end; returns false if the list is full or has
   * it already.
   */
  add(instrument, place = this.items.length) {
    if (this.full || this.has(instrument.symbol)) return false;
    const { symbol, key, name, segment } = instrument;
    this.#change(this.items.toSpliced(place, 0, { symbol, key, name, segment }));
    return true;
  }

  remove(symbol) {
    this.#change(this.items.filter((item) => item.symbol !== symbol));
  }

  /** Moves an instrument to a place, which is brought within the list. */
  move(symbol, place) {
    const from = this.indexOf(symbol);
    const to = Math.max(0, Math.min(this.items.length - 1, place));
    if (from < 0 || from === to) return;
    const item = this.items[from];
    this.#change(this.items.toSpliced(from, 1).toSpliced(to, 0, item));
  }

  #change(items) {
    this.items = items;
    this.#chosen = true;
    keep(NAME, items);
    this.#onChange();
  }
}

/** The well-known instruments among those offered; if there are none, the first ones. */
function defaults(instruments) {
  const familiar = PREFERRED.map((symbol) => instruments.find((i) => i.symbol === symbol));
  const found = familiar.filter(Boolean);
  return (found.length ? found : instruments).slice(0, DEFAULT_SIZE);
}

function isInstrument(item) {
  return typeof item?.symbol === 'string' && typeof item?.key === 'string';
}
