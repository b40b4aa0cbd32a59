import { FRAMES } from '../model/chart-desk.js';
import { localeOf, price, quantity, signed, percent } from '../model/format.js';
import { chainAddress } from '../model/address.js';
import { chartCredit } from './credit-view.js';
import { html, nothing } from './lib.js';

const NAMES = { m: 'minute', h: 'hour', d: 'day', s: 'second', w: 'week', M: 'month' };
const HISTORY = {
  asking: 'Loading earlier bars \u2026',
  absent: 'This server keeps no earlier bars: the chart begins with those that come live.',
  failed: 'Earlier bars can\u2019t be loaded at the moment: the chart begins with those that come live.',
};

/** A frame in words, such as `5-minute bars`. */
export const frameWords = (tf) => `${parseInt(tf, 10)}-${NAMES[tf.at(-1)] ?? tf} bars`;

/** The head of the chart: the instrument, the frames, the search. */
export const chartHeadView = ({ desk, instrument, search, actions }) => html`
  <h1 class="title">${desk.symbol}</h1>
  <span class="panel-note full">${instrument.name ?? ''}</span>
  <span class="frames" role="group" aria-label="Length of a bar">
    ${framesWith(desk.tf).map((tf) => html`<button aria-pressed=${tf === desk.tf} aria-label=${frameWords(tf)} @click=${() => actions.frame(tf)}>${tf}</button>`)}
  </span>
  <a class="head-link" href=${chainAddress(instrument.underlying ?? desk.symbol, instrument.type === 'option' ? instrument.expiry : '')}>Option chain</a>
  ${search.view}`;

/** The usual frames, and the one that is shown. */
const framesWith = (tf) => (FRAMES.includes(tf) ? FRAMES : [...FRAMES, tf]);

/** The figures of one bar: the one under the pointer, else the newest. */
export function legendView({ desk, bar, before, instrument, clock, decimals }) {
  if (!bar) return html`<p class="empty">${desk.refused || 'No bar yet.'}</p>`;
  const locale = localeOf(instrument);
  const change = before ? bar.c - before.c : undefined;
  const side = { 1: 'up', 0: 'flat', '-1': 'down' }[Math.sign(change ?? 0)];
  const figure = (name, text, unit = '') => html`<div data-figure=${name}><dt>${name}</dt><dd class=${unit}>${text}</dd></div>`;
  return html`<dl data-side=${side}>
    <div data-figure="time"><dt class="unseen">Bar</dt><dd>${clock.text(bar.t, timeDigits(desk.tf))} ${clock.zone.label}</dd></div>
    ${['o', 'h', 'l', 'c'].map((name) => figure(name.toUpperCase(), price(bar[name], decimals, locale)))}
    ${figure('Change', change === undefined ? price(undefined) : html`${signed(change, decimals, locale)} (${percent((change / before.c) * 100)})`, 'change')}
    ${bar.v === undefined || bar.v === null ? nothing : figure('Volume', quantity(bar.v, locale))}
    ${indicator('EMA 20', 'average', { desk, bar }, (it) => price(it, decimals, locale))}
    ${indicator('RSI 14', 'oscillator', { desk, bar }, (it) => it.toFixed(1))}
    <div class="flags"><dt class="unseen">State</dt><dd>${flags(bar)}</dd></div>
  </dl>`;
}

function indicator(name, kind, { desk, bar }, write) {
  const point = desk[kind].at(bar.t);
  const why = point ? '' : whyAbsent(desk, bar);
  return html`<div data-figure=${name} class=${kind}><dt>${name}</dt>
    <dd title=${why}>${point ? write(point.value) : html`${price(undefined)}<span class="unseen">${why}</span>`}</dd></div>`;
}

function whyAbsent({ indicatorBars, bars }, bar) {
  if (bar !== bars.newest) return 'too few bars before it';
  return indicatorBars === undefined ? 'not published' : `too few bars: ${indicatorBars} so far`;
}

/** What there is to say about a bar, in words. */
function flags({ closed, partial, rev }) {
  const flag = (kind, text, title) => html`<span class="flag" data-kind=${kind} title=${title}>${text}</span>`;
  return html`${closed ? nothing : flag('forming', 'forming', 'This bar has not ended yet')}
    ${partial ? flag('partial', 'partial', 'The beginning of this bar was not seen, so its figures may lack something') : nothing}
    ${rev ? flag('amended', `amended (${rev})`, 'A late trade has changed this bar after it closed') : nothing}`;
}

/** Below the chart: what the past is made of, the zone, and the library's makers. */
export const footView = ({ desk, clock }) => html`
  ${HISTORY[desk.history] ? html`<p class="history" role="status">${HISTORY[desk.history]}</p>` : nothing}
  <p class="credit"><span>Times are ${clock.zone.label}. Rising bars are hollow, falling ones filled; a circle marks a partial bar.</span>
    <span>${chartCredit}</span></p>`;

/** A bar in words, for those who do not see the chart. */
export function barWords({ bar, desk, instrument, clock, decimals }) {
  const write = (value) => price(value, decimals, localeOf(instrument));
  const state = [bar.closed ? '' : 'forming', bar.partial ? 'partial' : '', bar.rev ? 'amended' : ''].filter(Boolean);
  return `${clock.text(bar.t, timeDigits(desk.tf))}: open ${write(bar.o)}, high ${write(bar.h)}, low ${write(bar.l)}, close ${write(bar.c)}${state.length ? `, ${state.join(', ')}` : ''}`;
}

/** How exactly the time of day of a bar is written: not at all, to the minute, or to the second. */
export const timeDigits = (tf) => ({ d: 0, w: 0, M: 0, s: 2 })[tf.at(-1)] ?? 1;
