import { Connection } from '../net/connection.js';
import { Meter } from './meter.js';
import { Poller } from '../net/poller.js';
import { Quote } from './quote.js';
import { Sources } from './sources.js';
import { access } from '../net/token.js';

const PREFIX = 'market:tick:';
const MAX_RATE = 10;

/**
 * The watched instruments' quotes, which come by a WebSocket, or by polling while it is blocked or
 * lost. The listener gets `onQuotes(moved)` and `onLink()`.
 */
export class PriceDesk {
  meter = new Meter();
  sources = new Sources();
  lastTickAt = 0;
  connection;
  poller;

  #quotes = new Map();
  #lastPhase = 'idle';
  #listener;

  constructor(url, listener) {
    this.#listener = listener;
    this.connection = new Connection(url, {
      onFrame: (frame) => this.#frame(frame),
      onState: () => this.#linkChanged(),
    });
    this.poller = new Poller(() => this.#keys(), {
      onPrices: (answer) => this.#prices(answer),
      onPolling: () => this.#listener.onLink(),
    });
  }

  /** Watches exactly these instruments; quotes of those that stay are kept. */
  watch(instruments) {
    const wanted = new Set(instruments.map((instrument) => instrument.symbol));
    const gone = [...this.#quotes.keys()].filter((symbol) => !wanted.has(symbol));
    const fresh = instruments.filter((instrument) => !this.#quotes.has(instrument.symbol));
    for (const symbol of gone) this.#quotes.delete(symbol);
    for (const instrument of fresh) this.#quotes.set(instrument.symbol, new Quote(instrument));
    this.connection.unsubscribe(gone.map((symbol) => PREFIX + symbol));
    this.connection.subscribe(fresh.map(subscription));
  }

  quote(symbol) {
    return this.#quotes.get(symbol);
  }

  /** Whether any price that is shown is simulated. */
  get simulated() {
    return this.sources.has('simulated') || [...this.#quotes.values()].some((q) => q.simulated);
  }

  /** The state of this page's authentication: `{denied, hasToken}`. */
  get access() {
    return access;
  }

  #frame(frame) {
    if (frame.type === 'data' || frame.type === 'snapshot') this.#data(frame);
    else if (frame.type === 'status') this.#status(frame);
    else if (frame.type === 'subscribed') this.#refusals(frame.rejected ?? []);
  }

  #data(frame) {
    const now = Date.now();
    const quote = this.#quotes.get(frame.channel.slice(PREFIX.length));
    if (!quote || typeof frame.data !== 'object') return;
    if (frame.type === 'data') this.#count(frame, now);
    const moved = quote.tick(frame.data, now);
    this.#listener.onQuotes(moved);
  }

  /**
   * Counts a message. A snapshot may be old, so the rate, the age and the last tick come from live
   * data only.
   */
  #count(frame, now) {
    const sentAt = frame.ts?.gateway;
    this.meter.count(now, sentAt ? now - sentAt : undefined);
    this.lastTickAt = now;
  }

  #status(frame) {
    this.sources.update(frame);
    this.#listener.onLink();
  }

  #refusals(rejected) {
    access.denied = rejected.some(({ code }) => code === 'unauthorized');
    for (const { channel, message, code } of rejected) {
      const quote = this.#quotes.get(channel.slice(PREFIX.length));
      if (quote) quote.refused = message ?? code ?? 'refused';
    }
    this.#listener.onQuotes(false);
    this.#listener.onLink();
  }

  #prices({ prices, simulated }) {
    const now = Date.now();
    let moved = false;
    for (const quote of this.#quotes.values()) {
      const price = prices[quote.instrument.key];
      if (typeof price === 'number') moved = quote.polledPrice(price, simulated, now) || moved;
    }
    this.#listener.onQuotes(moved);
  }

  /** Polls while the WebSocket fails: at once where it never worked, else from the second failure. */
  #linkChanged() {
    const { phase, failures, everOpen } = this.connection;
    if (phase === 'open' || phase === 'refused') this.poller.stop();
    else if (failures >= (everOpen ? 2 : 1)) this.poller.start();
    if (phase === 'open' && this.#lastPhase !== 'open') this.#forgetLink();
    this.#lastPhase = phase;
    this.#listener.onLink();
  }

  /** Forgets what the last connection told. It is kept until the next one tells it anew. */
  #forgetLink() {
    this.sources.clear();
    this.meter.reset();
    this.lastTickAt = 0;
  }

  #keys() {
    return [...this.#quotes.values()].map((quote) => quote.instrument.key);
  }
}

const subscription = ({ symbol }) => ({
  channel: PREFIX + symbol,
  mode: 'latest',
  maxRate: MAX_RATE,
  snapshot: true,
  stamps: true,
});
