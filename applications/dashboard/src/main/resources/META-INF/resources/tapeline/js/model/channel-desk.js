import { Connection } from '../net/connection.js';
import { access } from '../net/token.js';
import { Meter } from './meter.js';
import { Sources } from './sources.js';

const NO_POLLER = { running: false, answered: false };

/**
 * The channels that one view shows, over a connection of its own, and the state of their sources. The
 * listener gets `onData(frame)`, `onLost()` when publications may be missing, `onRefused(rejected)`
 * and `onLink()`.
 */
export class ChannelDesk {
  meter = new Meter();
  /** When the newest live publication came, epoch ms; 0 before the first. */
  lastTickAt = 0;
  /** Whether the newest publication is marked as simulated. */
  marked = false;
  poller = NO_POLLER;
  connection;

  #sources = new Sources();
  /** The source of the newest publication; empty before the first. */
  #source = '';
  #wanted = new Map();
  #lastPhase = 'idle';
  #wasOpen = false;
  #listener;

  constructor(url, listener) {
    this.#listener = listener;
    this.connection = new Connection(url, {
      onFrame: (frame) => this.#frame(frame),
      onState: () => this.#linkChanged(),
    });
  }

  /** Subscribes exactly these channels, given as `{channel, mode, maxRate, snapshot}`. */
  watch(specs) {
    const wanted = new Map(specs.map((spec) => [spec.channel, { ...spec, stamps: true }]));
    const gone = [...this.#wanted.keys()].filter((channel) => !wanted.has(channel));
    const fresh = [...wanted.values()].filter(({ channel }) => !this.#wanted.has(channel));
    this.#wanted = wanted;
    this.connection.unsubscribe(gone);
    this.connection.subscribe(fresh);
    this.lastTickAt = 0;
    this.marked = false;
    this.#source = '';
  }

  /** The states of the source of what is shown; of all sources until that is known. */
  get sources() {
    return this.#sources.of(this.#source);
  }

  get simulated() {
    return this.marked || this.sources.has('simulated');
  }

  /** The state of this page's authentication: `{denied, hasToken}`. */
  get access() {
    return access;
  }

  #frame(frame) {
    if (frame.type === 'data' || frame.type === 'snapshot') this.#data(frame);
    else if (frame.type === 'gap' && this.#wanted.has(frame.channel)) this.#listener.onLost();
    else if (frame.type === 'status') this.#status(frame);
    else if (frame.type === 'subscribed') this.#answered(frame);
  }

  #data(frame) {
    if (!this.#wanted.has(frame.channel) || typeof frame.data !== 'object' || !frame.data) return;
    if (frame.type === 'data') this.#count(frame, Date.now());
    this.marked = frame.data.simulated === true;
    this.#source = frame.data.source ?? '';
    this.#listener.onData(frame);
  }

  /** A snapshot may be old, so the rate, the age and the newest time come from live data only. */
  #count(frame, now) {
    const sentAt = frame.ts?.gateway;
    this.meter.count(now, sentAt ? now - sentAt : undefined);
    this.lastTickAt = now;
  }

  #status(frame) {
    this.#sources.update(frame);
    this.#listener.onLink();
  }

  #answered({ rejected = [] }) {
    access.denied = rejected.some(({ code }) => code === 'unauthorized');
    const ours = rejected.filter(({ channel }) => this.#wanted.has(channel));
    if (ours.length) this.#listener.onRefused(ours);
    this.#listener.onLink();
  }

  /** What the last connection told is kept until the next one tells it anew. */
  #linkChanged() {
    const { phase } = this.connection;
    const opened = phase === 'open' && this.#lastPhase !== 'open';
    this.#lastPhase = phase;
    if (opened) {
      this.#sources.clear();
      this.meter.reset();
      this.lastTickAt = 0;
      if (this.#wasOpen) this.#listener.onLost();
      this.#wasOpen = true;
    }
    this.#listener.onLink();
  }
}
