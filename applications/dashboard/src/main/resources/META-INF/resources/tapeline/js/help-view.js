import { html } from './lib.js';
import { CAPACITY } from './watchlist.js';

const KEYS = [
  ['/', 'Find an instrument; arrows choose, Enter adds'],
  ['\u2191 \u2193', 'Move through the watchlist'],
  ['Alt + \u2191 \u2193', 'Move the instrument itself'],
  ['Delete', 'Remove the instrument'],
  ['c', 'Subscribe a channel'],
  ['p', 'Pause or resume the messages'],
  ['t', 'Dark or light'],
  ['?', 'This help'],
];

/** What the keys do, and what the page's limits are. */
export const helpView = html`
  <h2 id="help-title">Keyboard</h2>
  <dl>${KEYS.map(([key, text]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
  <p>The watchlist holds ${CAPACITY} instruments. It is kept in this browser only.</p>
  <p>Who is connected: <a href="/admin.html">connections of this node</a>, for administrators.</p>
  <form method="dialog"><button class="primary">Close</button></form>`;
