import { chainAddress, chartAddress } from '../model/address.js';
import { html } from './lib.js';

/** The links to the pages; those that show one instrument open with the one that is looked at. */
export function pagesView(here, symbol) {
  const link = (name, text, to) =>
    html`<a href=${to} aria-current=${name === here ? 'page' : 'false'}>${text}</a>`;
  return html`<nav class="pages" aria-label="Pages">
    ${link('watchlist', 'Watchlist', '/')} ${link('chart', 'Chart', chartAddress(symbol))}
    ${link('chain', 'Chain', chainAddress(symbol))}
  </nav>`;
}

/** The keys that go to the pages; `symbol` answers the instrument that is looked at. */
export const pageKeys = (symbol) => ({
  'g d': () => location.assign('/'),
  'g h': () => location.assign(chartAddress(symbol())),
  'g c': () => location.assign(chainAddress(symbol())),
});

/** Those keys, for a page's help. */
export const PAGE_KEYS = [['g d', 'Go to the watchlist'], ['g h', 'Go to the chart'], ['g c', 'Go to the option chain']];
