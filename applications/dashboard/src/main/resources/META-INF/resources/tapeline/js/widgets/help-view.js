import { CAPACITY } from '../model/watchlist.js';
import { chartCredit } from './credit-view.js';
import { html } from './lib.js';
import { PAGE_KEYS } from './pages-view.js';

const WATCHLIST = [
  ['/', 'Find an instrument (arrow keys choose, Enter adds, Shift + Enter opens its chart)'],
  ['\u2191 \u2193', 'Move through the watchlist'],
  ['Enter', 'Open the chart of the selected instrument'],
  ['Alt + \u2191 \u2193', 'Move the selected instrument'],
  ['Delete', 'Remove the selected instrument'],
  ['c', 'Subscribe to a channel'],
  ['p', 'Pause or resume the messages'],
];
const CHART = [
  ['/', 'Find an instrument'],
  ['[ ]', 'Shorter or longer bars'],
  ['\u2190 \u2192', 'Walk through the bars, once the chart is focused'],
  ['+ \u2212', 'See fewer or more bars'],
  ['Esc', 'Back to the newest bar'],
];
const CHAIN = [
  ['/', 'Find an underlying'],
  ['a', 'Go to the strike at the money'],
  ['[ ]', 'Earlier or later expiry'],
  ['\u2191 \u2193 \u2190 \u2192', 'Walk through the table, once it is focused'],
];
const EVERYWHERE = [...PAGE_KEYS, ['t', 'Switch between dark and light'], ['?', 'Show this help']];

const helpView = (keys, more) => html`
  <h2 id="help-title">Keyboard</h2>
  <dl>${[...keys, ...EVERYWHERE].map(([key, text]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
  ${more}
  <form method="dialog"><button class="primary" autofocus>Close</button></form>`;

/** The help of the watchlist: the keys and the page's limits. */
export const watchlistHelp = helpView(WATCHLIST, html`
  <p>The watchlist holds ${CAPACITY} instruments. It is kept in this browser only.</p>
  <p>For administrators: <a href="/admin.html">connections and channels of this node</a>.</p>
  <p>${chartCredit}</p>`);

/** The help of the chart. */
export const chartHelp = helpView(CHART, html`<p>${chartCredit}</p>`);

/** The help of the option chain: the keys, and what the letters and signs mean. */
export const chainHelp = helpView(CHAIN, html`
  <p>Build-up: LB long build-up (price up, OI up), SB short build-up (price down, OI up), LU long unwinding (price
    down, OI down), SC short covering (price up, OI down). A dash stands for a figure that is not known; it
    has the reason as its title.</p>
  <p>${chartCredit}</p>`);
