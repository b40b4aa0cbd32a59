/** The administrator's REST calls, and the key or token that they show. */
import { keep, openedOrKept } from '../model/opened.js';

const KEY = 'tapeline.admin';
const GIVE_UP_AFTER = 6_000;

let shown = openedOrKept(KEY);

/** Whether there is a key or token to show. */
export const hasKey = () => shown !== '';

/** Sets the key or token until the tab is closed; an empty one forgets it. */
export function useKey(key) {
  shown = key;
  keep(KEY, key);
}

/** A refusal by the server: its status and its message. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function call(path, options = {}) {
  const headers = { Authorization: `Bearer ${shown}` };
  const signal = AbortSignal.timeout(GIVE_UP_AFTER);
  const response = await fetch(`/api/v1/admin/${path}`, { ...options, headers, signal });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.detail ?? `it answered ${response.status}`);
  return answer;
}

const post = (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) });

/** The connections that a query finds, as `{node, total, found, connections}`. */
export const connections = (query) => call(`connections?${new URLSearchParams(query)}`);

/** The channels that a query finds, as `{node, total, found, channels}`. */
export const channels = (query) => call(`channels?${new URLSearchParams(query)}`);

export const closeOne = (id, reconnect) => post(`connections/${encodeURIComponent(id)}/close`, { reconnect });

export const moveAll = (seconds) => post('move', { seconds });
