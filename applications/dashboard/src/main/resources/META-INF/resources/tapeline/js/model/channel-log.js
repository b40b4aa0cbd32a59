import { Connection } from '../net/connection.js';
import { Meter } from './meter.js';
import { covers, rawData } from '../net/protocol.js';

/** The most rows that are kept. */
export const ROWS = 200;
/** The most subscriptions: the server's default limit for a client. */
export const CAPACITY = 50;

const NOTICES = new Set(['gap', 'epoch', 'mode', 'status', 'error']);

/**
 * The messages of channels and patterns that the user asks for by name. It has a connection of its
 * own, so that each channel comes in the mode that was asked for, whatever the watchlist
 * subscribes. The connection is open only while something is subscribed. Calls `onChange` after
 * each change.
 */
export class ChannelLog {
  meter = new Meter();
  /** By name: `{spec, state, detail}`, where state is pending, live or refused. */
  subscriptions = new Map();
  /** Newest first: `{id, time, kind, channel, seq, text}`. */
  rows = [];
  paused = false;
  /** The number of messages that were dropped while paused. */
  missed = 0;
  connection;

  #onChange;
  #lastId = 0;

  constructor(url, onChange) {
    this.#onChange = onChange;
    this.connection = new Connection(url, {
      onFrame: (frame, text) => this.#frame(frame, text),
      onState: () => this.#linkChanged(),
    });
  }

  /** Subscribes to a name; one that is subscribed already takes the new options. */
  subscribe({ channel, mode, maxRate }) {
    const spec = { channel, mode, snapshot: !channel.includes('*') };
    if (mode === 'latest' && maxRate) spec.maxRate = maxRate;
    if (this.subscriptions.get(channel)?.state === 'live') this.connection.unsubscribe([channel]);
    this.subscriptions.set(channel, { spec, state: 'pending', detail: '' });
    this.connection.subscribe([spec]);
    this.connection.open();
    this.#onChange();
  }

  unsubscribe(channel) {
    this.subscriptions.delete(channel);
    this.connection.unsubscribe([channel]);
    if (!this.subscriptions.size) this.connection.close();
    this.#onChange();
  }

  togglePause() {
    this.paused = !this.paused;
    this.missed = 0;
    this.#onChange();
  }

  clear() {
    this.rows = [];
    this.missed = 0;
    this.#onChange();
  }

  #frame(frame, text) {
    if (frame.type === 'data' || frame.type === 'snapshot') this.#data(frame, text);
    else if (frame.type === 'subscribed') this.#subscribed(frame);
    else if (NOTICES.has(frame.type)) this.#row(frame.type, frame, notice(frame));
    this.#onChange();
  }

  #data(frame, text) {
    this.meter.count(Date.now());
    const name = [...this.subscriptions.keys()].find((it) => covers(it, frame.channel));
    const subscription = this.subscriptions.get(name);
    if (!subscription) return;
    const merged = frame.merged ? `${frame.merged} merged: ${frame.from}\u2013${frame.seq}` : '';
    this.#row(frame.type, frame, rawData(text), merged);
  }

  #subscribed({ channels = [], rejected = [] }) {
    for (const granted of channels) {
      this.#settle(granted.channel, granted.pending ? 'pending' : 'live', grantText(granted));
    }
    for (const { channel, code, message } of rejected) {
      this.#settle(channel, 'refused', message ?? code);
      this.connection.forget(channel);
    }
  }

  #settle(channel, state, detail) {
    const subscription = this.subscriptions.get(channel);
    if (subscription) Object.assign(subscription, { state, detail });
  }

  #linkChanged() {
    if (this.connection.phase === 'waiting') {
      for (const it of this.subscriptions.values()) {
        if (it.state === 'live') it.state = 'pending';
      }
    }
    this.#onChange();
  }

  #row(kind, { channel = '', seq }, text, merged = '') {
    if (this.paused) {
      this.missed += 1;
      return;
    }
    this.#lastId += 1;
    this.rows.unshift({ id: this.#lastId, time: Date.now(), kind, channel, seq, text, merged });
    if (this.rows.length > ROWS) this.rows.length = ROWS;
  }
}

function grantText({ mode = 'all', epoch, seq, recoverable, pending }) {
  if (pending) return 'waiting for the source to come back';
  const position = epoch === undefined ? '' : `, epoch ${epoch} at ${seq}`;
  return `mode ${mode}${position}${recoverable ? ', recoverable' : ''}`;
}

function notice(frame) {
  switch (frame.type) {
    case 'gap':
      return `${frame.from}\u2013${frame.to} missing: ${frame.reason}`;
    case 'epoch':
      return `new epoch ${frame.epoch} from ${frame.seq}: ${frame.reason}`;
    case 'mode':
      return `now in mode ${frame.mode}: ${frame.reason}`;
    case 'status':
      return `${frame.source} is ${frame.state}${frame.reason ? `: ${frame.reason}` : ''}`;
    default:
      return `${frame.code}: ${frame.message}`;
  }
}
