import { clock, decimalsOf, localeOf, percent, price, quantity, signed, whole } from './format.js';
import { Sparkline } from '../widgets/sparkline.js';

/** How long a price stays lit after a move, in ms. */
export const FLASH = 500;

const PRICES = ['ltp', 'bid', 'ask', 'open', 'high', 'low', 'prevClose'];
const FIELDS = [...PRICES, 'change', 'changePct', 'volume', 'exchangeTime'];

/**
 * The quote of one instrument: the newest value of each field, the last move of the price, and its
 * course. A field that a tick leaves out keeps its value.
 */
export class Quote {
  instrument;
  simulated = false;
  /** Whether the newest price came by polling, so that the other fields are older than it. */
  polled = false;
  /** The server's message if it refused the subscription. */
  refused = '';
  direction = 0;
  moves = 0;
  sparkline = new Sparkline();

  /** When the newest move was first drawn; undefined until it is. */
  #litAt = 0;
  #decimals = 2;
  #values = {};
  #texts = null;

  constructor(instrument) {
    this.instrument = instrument;
  }

  /** Takes a `market:tick` payload; returns whether the price moved. */
  tick(tick, now) {
    const before = this.#values.ltp;
    for (const field of FIELDS) {
      if (typeof tick[field] === 'number') this.#set(field, tick[field]);
    }
    this.#derive(tick);
    this.simulated = tick.simulated === true;
    this.polled = false;
    this.refused = '';
    return this.#moved(before, now);
  }

  /** Takes a polled price; returns whether it moved. */
  polledPrice(ltp, simulated, now) {
    const before = this.#values.ltp;
    this.#set('ltp', ltp);
    this.#derive({});
    this.simulated ||= simulated;
    this.polled = true;
    return this.#moved(before, now);
  }

  get known() {
    return this.#values.ltp !== undefined;
  }

  /** Whether the price is to be lit; the time counts from the first drawing of the move. */
  flashing(now) {
    this.#litAt ??= now;
    return now - this.#litAt < FLASH;
  }

  /** The sign of the change against the previous close: -1, 0 or 1. */
  get side() {
    return Math.sign(this.#values.change ?? 0);
  }

  /** Where the price lies between the day's low and high, from 0 to 1, or undefined. */
  get dayPlace() {
    const { ltp, low, high } = this.#values;
    return high > low ? Math.min(1, Math.max(0, (ltp - low) / (high - low))) : undefined;
  }

  /** The row's texts, made once for each change. */
  get texts() {
    this.#texts ??= this.#write();
    return this.#texts;
  }

  #set(field, value) {
    this.#values[field] = value;
    this.#texts = null;
    if (PRICES.includes(field)) this.#decimals = Math.max(this.#decimals, decimalsOf(value));
  }

  /** Computes the change from the previous close if the tick has none. */
  #derive(tick) {
    const { ltp, prevClose } = this.#values;
    if (ltp === undefined || !prevClose) return;
    if (tick.change === undefined) this.#set('change', ltp - prevClose);
    if (tick.changePct === undefined) this.#set('changePct', (ltp / prevClose - 1) * 100);
  }

  #moved(before, now) {
    const { ltp } = this.#values;
    if (ltp === undefined) return false;
    this.sparkline.add(ltp, now);
    if (before === undefined || before === ltp) return false;
    this.direction = Math.sign(ltp - before);
    this.moves += 1;
    this.#litAt = undefined;
    return true;
  }

  #write() {
    const locale = localeOf(this.instrument);
    const v = this.#values;
    const inPrice = (value) => price(value, this.#decimals, locale);
    return {
      ltp: inPrice(v.ltp),
      bid: inPrice(v.bid),
      ask: inPrice(v.ask),
      low: inPrice(v.low),
      high: inPrice(v.high),
      change: signed(v.change, this.#decimals, locale),
      changePct: percent(v.changePct),
      volume: quantity(v.volume, locale),
      volumeWhole: whole(v.volume, locale),
      time: clock(v.exchangeTime),
      date: v.exchangeTime ? new Date(v.exchangeTime).toString() : '',
    };
  }
}
