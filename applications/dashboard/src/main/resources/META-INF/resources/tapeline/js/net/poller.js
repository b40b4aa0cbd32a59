import { currentPrices } from './rest.js';

const EVERY = 1_500;

/**
 * Polls the last prices every 1.5 s while there is no WebSocket, one request at a time. `keys()`
 * gives the keys of the prices; the listener gets `onPrices({prices, simulated})` and
 * `onPolling()`.
 */
export class Poller {
  /** Whether it polls now. */
  running = false;
  /** Whether the latest request was answered with prices. */
  answered = false;

  #keys;
  #listener;
  #timer = 0;

  constructor(keys, listener) {
    this.#keys = keys;
    this.#listener = listener;
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.answered = false;
    this.#poll();
  }

  stop() {
    this.running = false;
    this.answered = false;
    clearTimeout(this.#timer);
  }

  async #poll() {
    const startedAt = Date.now();
    const answer = await this.#ask();
    if (!this.running) return;
    this.answered = answer !== null;
    if (answer) this.#listener.onPrices(answer);
    this.#listener.onPolling();
    this.#timer = setTimeout(() => this.#poll(), Math.max(0, startedAt + EVERY - Date.now()));
  }

  async #ask() {
    try {
      return await currentPrices(this.#keys());
    } catch {
      return null;
    }
  }
}
