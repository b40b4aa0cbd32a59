import { TRIES } from './backoff.js';

/** How long the watched prices may be quiet before that is called stale, in ms. */
const QUIET = 10_000;

/**
 * The state of a price desk at a glance: `{state, label, detail}`, where `state` is connecting, live,
 * stale, reconnecting, polling or closed, and `detail` a sentence where something is to be known.
 */
export function statusOf({ connection, poller, sources, lastTickAt, access }, now) {
  if (access.denied) return deniedStatus(access.hasToken);
  if (connection.phase === 'open') return openStatus(connection, sources, lastTickAt, now);
  if (poller.running && poller.answered) {
    return { state: 'polling', label: 'Polling', detail: `Prices are asked for every 1.5 s, because the WebSocket cannot be reached. ${nextTry(connection, now)}` };
  }
  if (connection.phase === 'refused') {
    const why = connection.reason ? `: ${connection.reason}` : '';
    return { state: 'closed', label: 'Closed', detail: `The server ended this connection${why}.` };
  }
  if (connection.triesUsedUp) {
    return { state: 'closed', label: 'Offline', detail: `The server has not answered ${TRIES} tries. ${nextTry(connection, now)}` };
  }
  if (connection.failures || connection.everOpen) {
    return { state: 'reconnecting', label: 'Reconnecting', detail: `The connection is lost; prices stand still. ${nextTry(connection, now)}` };
  }
  return { state: 'connecting', label: 'Connecting', detail: '' };
}

function openStatus(connection, sources, lastTickAt, now) {
  const down = sources.in('down');
  if (down.length) return stale(`No data from ${down.join(', ')}; the server is reconnecting to it.`);
  const stalled = sources.in('stale');
  if (stalled.length) return stale(`Data from ${stalled.join(', ')} has stopped.`);
  if (connection.silent) return stale('The server does not answer.');
  if (sources.has('closed')) return { state: 'live', label: 'Market closed', detail: '' };
  if (lastTickAt && now - lastTickAt > QUIET) {
    return stale(`No price has come for ${Math.round((now - lastTickAt) / 1000)} s.`);
  }
  return { state: 'live', label: 'Live', detail: '' };
}

function deniedStatus(hasToken) {
  const why = hasToken ? 'The token that this page was opened with does not count, or no longer' : 'This server asks for a token';
  return { state: 'closed', label: 'No access', detail: `${why}. Open this page with one behind its address: /?token=\u2026` };
}

const stale = (detail) => ({ state: 'stale', label: 'Stale', detail });

function nextTry(connection, now) {
  if (connection.phase === 'connecting') return 'Trying now.';
  const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
  const attempt = connection.failures + 1;
  const count = attempt > TRIES ? '' : ` (${attempt} of ${TRIES})`;
  return `Next try in ${seconds} s${count}.`;
}
