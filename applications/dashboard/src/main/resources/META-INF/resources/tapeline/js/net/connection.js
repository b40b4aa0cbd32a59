import { retryDelay, TRIES } from './backoff.js';
import { auth, isFinal, parseFrame, ping, subscribe, unsubscribe } from './protocol.js';
import { subprotocols, toSay } from './token.js';

const OPEN_WITHIN = 6_000;
const PING_EVERY = 5_000;
const SILENT_AFTER = 8_000;
const DEAD_AFTER = 16_000;
const LONGEST_ORDERED_WAIT = 60_000;

/**
 * A lasting WebSocket in the native protocol: it reconnects and subscribes again, measures its
 * round trip, and notices when the server is silent. The listener gets `onFrame(frame, text)` and
 * `onState(connection)`; `phase` is `idle`, `connecting`, `open`, `waiting` or `refused`.
 */
export class Connection {
  phase = 'idle';
  /** Tries since the server last answered; at 0 the connection works. */
  failures = 0;
  /** When the next try is due, while waiting. */
  retryAt = 0;
  /** The server's close reason, in phase `refused`. */
  reason = '';
  roundTrip = undefined;
  silent = false;
  everOpen = false;

  #url;
  #listener;
  #wanted = new Map();
  #socket = null;
  #timer = 0;
  #orderedAt = 0;
  #heartbeat = 0;
  #pingSentAt = 0;
  #lastFrameAt = 0;
  #requests = 0;
  /** The id of the authentication request, until it is answered. */
  #introduction = '';

  constructor(url, listener) {
    this.#url = url;
    this.#listener = listener;
  }

  /** Connects now, without further waiting; does nothing if the connection is open. */
  open() {
    if (this.phase === 'open' || this.phase === 'connecting') return;
    this.#connect();
  }

  /** Disconnects for good; `open` starts again. */
  close() {
    this.#detach();
    this.failures = 0;
    this.#become('idle');
  }

  /** Subscribes `{channel, mode, maxRate, snapshot, stamps}`, now and after each reconnect. */
  subscribe(specs) {
    for (const spec of specs) this.#wanted.set(spec.channel, spec);
    if (specs.length && !this.#introduction) this.#send(subscribe(specs, this.#nextId('s')));
  }

  unsubscribe(names) {
    for (const name of names) this.#wanted.delete(name);
    if (names.length) this.#send(unsubscribe(names, this.#nextId('u')));
  }

  /** Does not subscribe to a name again after a reconnect: the server has refused it. */
  forget(name) {
    this.#wanted.delete(name);
  }

  get triesUsedUp() {
    return this.failures >= TRIES;
  }

  #connect() {
    this.#detach();
    this.#orderedAt = 0;
    this.#become('connecting');
    const socket = new WebSocket(this.#url, subprotocols());
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#lost(event.code, event.reason);
    this.#timer = setTimeout(() => this.#lost(0, 'no answer'), OPEN_WITHIN);
  }

  #opened() {
    clearTimeout(this.#timer);
    this.#lastFrameAt = Date.now();
    this.#heartbeat = setInterval(() => this.#beat(), PING_EVERY);
    this.everOpen = true;
    this.#become('open');
    this.#ping();
    if (toSay()) this.#introduce();
    else this.#resubscribe();
  }

  #introduce() {
    this.#introduction = this.#nextId('a');
    this.#send(auth(toSay(), this.#introduction));
  }

  /**
   * Subscribes again after the answer to the authentication. If that was a refusal, each channel is
   * refused, too.
   */
  #introduced() {
    this.#introduction = '';
    this.#resubscribe();
  }

  #resubscribe() {
    if (this.#wanted.size) this.#send(subscribe([...this.#wanted.values()], this.#nextId('s')));
  }

  #received(text) {
    this.#lastFrameAt = Date.now();
    const frame = parseFrame(text);
    if (!frame) return;
    if (this.silent) this.#becomeSilent(false);
    if (frame.requestId && frame.requestId === this.#introduction) this.#introduced();
    else if (frame.type === 'pong') this.#ponged();
    else if (frame.type === 'reconnect') this.#ordered(frame.afterMs);
    else this.#listener.onFrame(frame, text);
  }

  /** The server drains: reconnect after the given time. This is no failure. */
  #ordered(afterMs) {
    const wait = Math.min(LONGEST_ORDERED_WAIT, Math.max(0, Number(afterMs) || 0));
    this.#orderedAt = Date.now() + wait;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #lost(code, reason) {
    const wasOpen = this.phase === 'open';
    const orderedAt = this.#orderedAt;
    this.#detach();
    this.reason = reason || (code ? `code ${code}` : '');
    if (isFinal(code)) return this.#become('refused');
    if (!wasOpen) this.failures += 1;
    const delay = orderedAt > Date.now() ? orderedAt - Date.now() : retryDelay(this.failures + 1);
    this.retryAt = Date.now() + delay;
    this.#timer = setTimeout(() => this.#connect(), delay);
    this.#become('waiting');
  }

  #beat() {
    if (!this.#pingSentAt) return this.#ping();
    const quiet = Date.now() - Math.max(this.#pingSentAt, this.#lastFrameAt);
    if (quiet > DEAD_AFTER) this.#lost(0, 'silent');
    else if (quiet > SILENT_AFTER) this.#becomeSilent(true);
  }

  #ping() {
    this.#pingSentAt = Date.now();
    this.#send(ping(this.#nextId('p')));
  }

  #ponged() {
    this.roundTrip = Date.now() - this.#pingSentAt;
    this.#pingSentAt = 0;
    this.failures = 0;
    this.#listener.onState(this);
  }

  #becomeSilent(silent) {
    this.silent = silent;
    this.#listener.onState(this);
  }

  #become(phase) {
    this.phase = phase;
    if (phase !== 'open') this.roundTrip = undefined;
    this.#listener.onState(this);
  }

  /** Drops the socket and its events: its closing handshake may never end. */
  #detach() {
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    this.#pingSentAt = 0;
    this.#introduction = '';
    this.silent = false;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #send(request) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  #nextId(prefix) {
    this.#requests += 1;
    return prefix + this.#requests;
  }
}
