import { CAPACITY, ROWS } from '../model/channel-log.js';
import { clock, rate } from '../model/format.js';
import { icons } from './icons.js';
import { html, nothing, repeat } from './lib.js';

const SUGGESTIONS = [
  'market:tick', 'market:tick:*', 'trade@*', 'depth@*', 'ticker@*', 'live_ltp_updates', 'candles:*', 'engine:signal:*',
];
const RATES = [1, 2, 5, 10, 20];

/** The panel that shows the messages of any channel or pattern by name. */
export function consoleView(model) {
  return html`
    <div class="panel-head"><h2>Channels</h2>${headFigures(model)}</div>
    ${form(model)} ${subscriptionList(model)} ${toolbar(model)} ${messageList(model)}`;
}

function headFigures({ log, now }) {
  if (log.connection.phase === 'idle') return nothing;
  const words = { open: 'open', connecting: 'connecting', waiting: 'reconnecting', refused: 'closed' };
  return html`<span class="panel-note" data-phase=${log.connection.phase}>
    ${words[log.connection.phase]} \u00b7 ${rate(log.meter.rate(now))}/s</span>`;
}

function form({ mode, suggestions, actions }) {
  return html`<form class="subscribe" @submit=${actions.subscribe}>
    <input name="channel" class="channel" list="channel-names" required maxlength="256" spellcheck="false" autocomplete="off"
      placeholder="Channel or pattern, such as trade@*" aria-label="Channel or pattern">
    <datalist id="channel-names">${[...SUGGESTIONS, ...suggestions].map((name) => html`<option value=${name}></option>`)}</datalist>
    <select name="mode" aria-label="Mode" title="all: every message; latest: only the newest" @change=${actions.mode}>
      <option value="all">all</option><option value="latest">latest</option>
    </select>
    <select name="rate" aria-label="Rate" title="Maximum number of messages per second" ?disabled=${mode !== 'latest'}>
      <option value="">no limit</option>${RATES.map((it) => html`<option value=${it}>${it}/s</option>`)}
    </select>
    <button class="primary">Subscribe</button>
  </form>`;
}

function subscriptionList({ log, actions }) {
  if (!log.subscriptions.size) return nothing;
  return html`<ul class="subscriptions" aria-label="Subscriptions">
    ${repeat([...log.subscriptions], ([name]) => name, ([name, it]) => html`<li data-state=${it.state}>
      <span class="channel-name">${name}</span>
      <span class="detail" title=${it.detail}>${it.state === 'pending' && !it.detail ? 'subscribing \u2026' : it.detail}</span>
      <button class="quiet" aria-label="Unsubscribe ${name}" @click=${() => actions.unsubscribe(name)}>${icons.close}</button>
    </li>`)}
  </ul>`;
}

function toolbar({ log, actions }) {
  if (!log.subscriptions.size && !log.rows.length) return nothing;
  return html`<div class="toolbar">
    <button class="quiet labelled" aria-pressed=${log.paused} title="Pause (p)" @click=${actions.pause}>
      ${log.paused ? icons.play : icons.pause}${log.paused ? 'Resume' : 'Pause'}</button>
    <button class="quiet labelled" @click=${actions.clear}>${icons.clear}Clear</button>
    <span class="panel-note">${log.paused ? `paused, ${log.missed} skipped` : `newest first, ${ROWS} kept`}</span>
  </div>`;
}

function messageList({ log, opened, actions }) {
  if (!log.rows.length) return emptyView(log);
  return html`<ol class="messages" tabindex="0" aria-label="Messages">
    ${repeat(log.rows, (row) => row.id, (row) => message(row, opened === row.id, actions))}
  </ol>`;
}

function emptyView(log) {
  if (log.subscriptions.size) return html`<p class="empty">No messages yet.</p>`;
  return html`<p class="empty">Subscribe to a channel to see each message as it arrives: its number, what was merged or
    missed, and the publisher's own text. You can subscribe to ${CAPACITY} names, 5 of them with <code>*</code>.</p>`;
}

function message(row, isOpened, actions) {
  return html`<li data-kind=${row.kind} class=${isOpened ? 'opened' : ''} @click=${() => actions.toggle(row.id)}>
    <span class="at">${clock(row.time, true)}</span>
    <span class="channel-name">${row.channel}</span>
    <span class="seq">${kindText(row)}</span>
    <code>${isOpened ? pretty(row.text) : row.text}</code>
  </li>`;
}

function kindText({ kind, seq, merged }) {
  if (kind === 'data') return html`#${seq}${merged ? html` <b class="merged">${merged}</b>` : nothing}`;
  return kind === 'snapshot' ? html`<b>snapshot</b> #${seq}` : html`<b>${kind}</b>`;
}

/** The text with each member on a line of its own; unchanged if it is not a JSON object. */
function pretty(text) {
  return text.startsWith('{') ? text.replace(/([{,])(?=")/g, '$1\n  ').replace(/}$/, '\n}') : text;
}
