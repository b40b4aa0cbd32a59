import { TRIES } from '../net/backoff.js';

/** How long no watched price may come before the state is stale, in ms. */
const QUIET = 10_000;
const STILL = new Set(['reconnecting', 'closed', 'stale']);

/**
 * The state of a desk at a glance: `{state, label, detail, still}`, where `state` is connecting, live, stale,
 * reconnecting, polling or closed, `detail` a sentence for the user, or empty, and `still` says
 * whether what is shown is not updated. `quiet` is how long nothing may come before it is stale, in ms.
 */
export function statusOf(desk, now, quiet = QUIET) {
  const status = found(desk, now, quiet);
  return { ...status, still: STILL.has(status.state) };
}

function found({ connection, poller, sources, lastTickAt, access }, now, quiet) {
  if (access.denied) return deniedStatus(access.hasToken);
  if (connection.phase === 'open') return openStatus({ connection, sources, lastTickAt }, now, quiet);
  if (poller.running && poller.answered) {
    return { state: 'polling', label: 'Polling', detail: `This page polls prices every 1.5 s, because the WebSocket can't be reached. ${nextTry(connection, now)}` };
  }
  if (connection.phase === 'refused') {
    const why = connection.reason ? `: ${connection.reason}` : '';
    return { state: 'closed', label: 'Closed', detail: `The server closed the connection${why}.` };
  }
  if (connection.triesUsedUp) {
    return { state: 'closed', label: 'Offline', detail: `The server has not answered ${TRIES} attempts. ${nextTry(connection, now)}` };
  }
  if (connection.failures || connection.everOpen) {
    return { state: 'reconnecting', label: 'Reconnecting', detail: `The connection is lost; prices are not updated. ${nextTry(connection, now)}` };
  }
  return { state: 'connecting', label: 'Connecting', detail: '' };
}

function openStatus({ connection, sources, lastTickAt }, now, quiet) {
  const down = sources.in('down');
  if (down.length) return stale(`No data from ${down.join(', ')}; the server is reconnecting to it.`);
  const stalled = sources.in('stale');
  if (stalled.length) return stale(`Data from ${stalled.join(', ')} has stopped.`);
  if (connection.silent) return stale('The server does not answer.');
  if (sources.has('closed')) return { state: 'live', label: 'Market closed', detail: '' };
  if (lastTickAt && now - lastTickAt > quiet) {
    return stale(`No price has arrived for ${Math.round((now - lastTickAt) / 1000)} s.`);
  }
  return { state: 'live', label: 'Live', detail: '' };
}

function deniedStatus(hasToken) {
  const why = hasToken ? 'The token of this page is invalid or has expired' : 'This server requires a token';
  return { state: 'closed', label: 'No access', detail: `${why}. Open this page with a token in its address: /?token=\u2026` };
}

const stale = (detail) => ({ state: 'stale', label: 'Stale', detail });

function nextTry(connection, now) {
  if (connection.phase === 'connecting') return 'Trying now.';
  const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
  const attempt = connection.failures + 1;
  const count = attempt > TRIES ? '' : ` (${attempt} of ${TRIES})`;
  return `Next attempt in ${seconds} s${count}.`;
}
