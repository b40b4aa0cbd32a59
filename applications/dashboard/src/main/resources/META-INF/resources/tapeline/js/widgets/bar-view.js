import { millis, rate } from '../model/format.js';
import { icons } from './icons.js';
import { html, nothing } from './lib.js';
import { currentTheme } from './theme.js';

const AGE_HELP =
  'Median time from the gateway sending a price to this page receiving it. ' +
  'It includes any difference between the two clocks.';

/** The bar at the top: the links to the pages, the state of the connection, the kind of prices, and the figures. */
export function barView({ status, desk, now, actions, pages }) {
  return html`
    <a class="brand" href="/" aria-label="Tapeline">${logo}<span>Tapeline</span></a>
    ${pages}
    <span class="state" data-state=${status.state}>
      <i class="lamp" aria-hidden="true"></i><span role="status">${status.label}</span>
    </span>
    ${badges(desk)} ${figures(desk, now)}
    <span class="bar-actions">
      <button class="quiet" title="Theme (t)" aria-label="Switch theme" @click=${actions.theme}>
        ${currentTheme() === 'dark' ? icons.sun : icons.moon}
      </button>
      <button class="quiet" title="Keyboard help (?)" aria-label="Keyboard help" @click=${actions.help}>
        ${icons.help}
      </button>
    </span>`;
}

/** A strip under the bar with a message for the user; empty when there is none. */
export function noticeView({ status, actions }) {
  if (!status.detail) return nothing;
  const canRetry = status.state !== 'stale';
  return html`<p class="notice" data-state=${status.state}>
    <span>${status.detail}</span>
    ${canRetry ? html`<button class="link" @click=${actions.retry}>Try now</button>` : nothing}
  </p>`;
}

const logo = html`<img src="/favicon.svg" width="22" height="22" alt="">`;

function badges(desk) {
  return html`
    ${desk.simulated ? badge('simulated', 'Simulated prices', 'These prices come from a simulator, not from a market') : nothing}
    ${desk.sources.has('replay') ? badge('replay', 'Replay', 'These prices are played from a recording') : nothing}`;
}

const badge = (kind, text, title) =>
  html`<span class="badge" data-kind=${kind} title=${title}>${text}</span>`;

function figures(desk, now) {
  const age = desk.connection.phase === 'open' ? desk.meter.age() : undefined;
  return html`<dl class="figures">
    ${figure('Messages', `${rate(desk.meter.rate(now))}/s`, 'Price messages per second, over the last five seconds')}
    ${figure('Gateway to page', age === undefined || age >= 0 ? millis(age) : 'clocks differ', AGE_HELP)}
    ${figure('Round trip', millis(desk.connection.roundTrip), 'Time from a ping to the server to its answer')}
  </dl>`;
}

const figure = (label, value, help) =>
  html`<div title=${help}><dt>${label}</dt><dd>${value}</dd></div>`;
