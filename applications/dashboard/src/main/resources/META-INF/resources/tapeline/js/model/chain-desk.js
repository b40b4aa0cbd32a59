import { expiries } from '../net/rest.js';
import { ChannelDesk } from './channel-desk.js';
import { Chain } from './chain.js';

const MAX_RATE = 4;

/**
 * What the chain page shows of an underlying: its expiries, and the newest publication of the chain of one of them.
 * The listener gets `onChain()`, `onLink()` and `onOpened()` when there is another chain.
 */
export class ChainDesk {
  symbol = '';
  expiry = '';
  /** Dates in their order; null while they are asked for. */
  expiries = null;
  /** Whether the server could not tell the expiries. */
  failed = false;
  /** The server's message if it refuses the chain. */
  refused = '';
  /** The newest publication; null before the first. */
  chain = null;
  /** When it came, epoch ms. */
  cameAt = 0;
  desk;

  #listener;

  constructor(url, listener) {
    this.#listener = listener;
    this.desk = new ChannelDesk(url, {
      onData: (frame) => this.#data(frame),
      onLost: () => this.expiries ?? this.#ask(),
      onRefused: ([first]) => {
        this.refused = first.message ?? first.code ?? 'refused';
        listener.onChain();
      },
      onLink: () => listener.onLink(),
    });
  }

  /** Shows the chains of an underlying, first that of an expiry or of the next one after it. */
  async open(symbol, expiry) {
    Object.assign(this, { symbol, expiries: null });
    this.choose(expiry);
    await this.#ask();
  }

  /** Shows the chain of another expiry. */
  choose(expiry) {
    Object.assign(this, { expiry, chain: null, cameAt: 0, refused: '' });
    this.#listener.onOpened();
    const channel = `option-chain:${this.symbol}:${expiry}`;
    this.desk.watch(expiry ? [{ channel, mode: 'latest', maxRate: MAX_RATE, snapshot: true }] : []);
    this.desk.connection.open();
  }

  async #ask() {
    const { symbol } = this;
    const found = await expiries(symbol).catch(() => null);
    if (symbol !== this.symbol) return;
    this.failed = found === null;
    this.expiries = found;
    if (found?.length && !found.includes(this.expiry)) this.choose(found.find((date) => date >= this.expiry) ?? found[0]);
    this.#listener.onOpened();
  }

  #data({ data }) {
    if (data.symbol !== this.symbol || data.expiry !== this.expiry) return;
    this.chain = new Chain(data);
    this.cameAt = Date.now();
    this.#listener.onChain();
  }
}
