import { html } from './lib.js';
import { CAPACITY } from '../model/watchlist.js';

const KEYS = [
  ['/', 'Find an instrument (arrow keys choose, Enter adds)'],
  ['\u2191 \u2193', 'Move through the watchlist'],
  ['Alt + \u2191 \u2193', 'Move the selected instrument'],
  ['Delete', 'Remove the selected instrument'],
  ['c', 'Subscribe to a channel'],
  ['p', 'Pause or resume the messages'],
  ['t', 'Switch between dark and light'],
  ['?', 'Show this help'],
];

/** The help: the keys and the page's limits. */
export const helpView = html`
  <h2 id="help-title">Keyboard</h2>
  <dl>${KEYS.map(([key, text]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
  <p>The watchlist holds ${CAPACITY} instruments. It is kept in this browser only.</p>
  <p>For administrators: <a href="/admin.html">connections and channels of this node</a>.</p>
  <form method="dialog"><button class="primary">Close</button></form>`;
