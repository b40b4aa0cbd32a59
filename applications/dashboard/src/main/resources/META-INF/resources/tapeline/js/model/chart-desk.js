import { candles, indicators } from '../net/rest.js';
import { Bars } from './bars.js';
import { ChannelDesk } from './channel-desk.js';

/** The frames that a button each chooses. */
export const FRAMES = ['1m', '5m', '15m', '1h', '1d'];

/** The indicators over and under the bars. */
const AVERAGE = 'ema-20';
const OSCILLATOR = 'rsi-14';
const SPEC = `${AVERAGE}+${OSCILLATOR}`;
const MAX_RATE = 4;
const PAGE = 500;
const FIRST_RETRY = 3_000;
const LONGEST_RETRY = 60_000;
/** When to ask again for bars that the server is fetching, and how often. */
const FETCHED_AFTER = 3_000;
const MOST_FETCHES = 20;

/**
 * What a chart shows of one instrument and frame: its bars and two indicators, first from the history and then live.
 * The listener gets `onBars()`, `onLink()` and `onOpened()` when there is another series.
 */
export class ChartDesk {
  bars = new Bars();
  average = new Bars();
  oscillator = new Bars();
  symbol = '';
  tf = '';
  /** What is known of the past: asking, here, absent (the server keeps none) or failed. */
  history = 'asking';
  /** How many closed bars the indicators are made of; undefined before they come. */
  indicatorBars = undefined;
  /** The server's message if it refuses the bars. */
  refused = '';
  desk;

  #listener;
  #turn = 0;
  #retryAfter = FIRST_RETRY;
  /** The time before which the history has more bars; undefined if it has none. */
  #older = undefined;
  #asking = false;

  constructor(url, listener) {
    this.#listener = listener;
    this.desk = new ChannelDesk(url, {
      onData: (frame) => this.#data(frame),
      onLost: () => this.#recall(),
      onRefused: (rejected) => this.#refused(rejected),
      onLink: () => listener.onLink(),
    });
  }

  /** Shows an instrument's bars of a frame from now on. */
  open(symbol, tf) {
    Object.assign(this, { symbol, tf, history: 'asking', refused: '', indicatorBars: undefined });
    Object.assign(this, { bars: new Bars(), average: new Bars(), oscillator: new Bars() });
    this.#turn += 1;
    this.#older = undefined;
    this.#retryAfter = FIRST_RETRY;
    this.#listener.onOpened();
    this.desk.watch(this.#channels.map((channel) => ({ channel, mode: 'latest', maxRate: MAX_RATE, snapshot: true })));
    this.desk.connection.open();
    this.#recall();
  }

  /** Fetches a page of bars before those that are here, if there may be some. */
  recallEarlier() {
    if (this.#older && !this.#asking) this.#recall(this.#older);
  }

  get #channels() {
    const name = `${this.symbol}:${this.tf}`;
    return [`candles:${name}`, `indicators:${name}:${SPEC}`];
  }

  #data({ channel, data }) {
    if (data.symbol !== this.symbol || data.tf !== this.tf) return;
    if (channel.startsWith('candles:')) this.bars.put(data);
    else this.#indicators(data);
    this.#listener.onBars();
  }

  #indicators(values) {
    this.indicatorBars = values.bars;
    this.#lines([values], (line, points) => points.forEach((point) => line.put(point)));
  }

  /** Hands the values that are there to each line, by `take(line, points)`. */
  #lines(all, take) {
    for (const [line, name] of [[this.average, AVERAGE], [this.oscillator, OSCILLATOR]]) {
      const known = all.filter((values) => typeof values[name] === 'number');
      take(line, known.map(({ t, closed, rev, [name]: value }) => ({ t, closed, rev, value })));
    }
  }

  /** A refused indicator leaves the bars as they are. */
  #refused(rejected) {
    const bars = rejected.find(({ channel }) => channel.startsWith('candles:'));
    if (bars) this.refused = bars.message ?? bars.code ?? 'refused';
  }

  async #recall(before, fetches = 0) {
    if (!this.symbol) return;
    const turn = this.#turn;
    this.#asking = true;
    const outcome = await this.#page(before);
    if (turn !== this.#turn) return;
    this.#asking = false;
    if (outcome.candles) this.#fill(outcome, before);
    else if (this.history !== 'here') this.#missing(outcome.state, turn);
    if (outcome.filling && fetches < MOST_FETCHES) {
      setTimeout(() => turn === this.#turn && this.#recall(before, fetches + 1), FETCHED_AFTER);
    } else if (outcome.candles?.length) {
      this.#recallLines(before, turn);
    }
    this.#listener.onBars();
  }

  /** Fetches the indicators at a page of bars. Without an answer their lines begin with what comes live. */
  async #recallLines(before, turn) {
    const all = await indicators(this.symbol, this.tf, SPEC, { before, limit: PAGE }).catch(() => []);
    if (turn !== this.#turn) return;
    this.#lines(all, (line, points) => line.fill(points));
    this.#listener.onBars();
  }

  /** There is no history yet: one that starts, or whose store is away, is asked again. */
  #missing(state, turn) {
    this.history = state;
    if (state === 'absent') return;
    setTimeout(() => turn === this.#turn && this.history === 'failed' && this.#recall(), this.#retryAfter);
    this.#retryAfter = Math.min(LONGEST_RETRY, 2 * this.#retryAfter);
  }

  /** Where the past begins is known from the first page, and then from each before it. */
  #fill({ candles: bars, older }, before) {
    if (before || this.history !== 'here') this.#older = older;
    this.history = 'here';
    this.bars.fill(bars);
  }

  /** A page of bars, or `{state}` of a history that has none. */
  async #page(before) {
    try {
      return await candles(this.symbol, this.tf, { before, limit: PAGE });
    } catch (problem) {
      return { state: problem.status === 404 ? 'absent' : 'failed' };
    }
  }
}
