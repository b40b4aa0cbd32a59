import { chartAddress } from '../model/address.js';
import { icons } from './icons.js';
import { html, nothing, repeat, svg } from './lib.js';
import { Sparkline } from './sparkline.js';

const ARROWS = { 1: '\u25b2', 0: '', '-1': '\u25bc' };
const WORDS = { 1: 'up', 0: 'flat', '-1': 'down' };

/** The table of watched instruments. */
export function watchlistView(model) {
  if (!model.items.length) return emptyView(model);
  return html`<table role="grid" class=${model.still ? 'still' : ''} aria-label="Watched instruments" aria-rowcount=${model.items.length}>
    <thead><tr>${headings}</tr></thead>
    <tbody>${repeat(model.items, (item) => item.symbol, (item, i) => row(item, i, model))}</tbody>
  </table>`;
}

const headings = html`
  <th class="grip"><span class="unseen">Move</span></th>
  <th class="name">Instrument</th><th class="trend">Trend</th><th class="ltp">Last</th>
  <th class="change">Change</th><th class="percent">%</th><th class="bid">Bid</th><th class="ask">Ask</th>
  <th class="volume">Volume</th><th class="range">Day range</th><th class="time">Last trade</th>
  <th class="row-actions"><span class="unseen">Remove</span></th>`;

function emptyView({ untouched, offline }) {
  if (!untouched) return html`<p class="empty">The watchlist is empty. Press <kbd>/</kbd> to find an instrument.</p>`;
  return html`<p class="empty">${offline ? 'The instruments can\'t be loaded yet.' : 'Loading instruments \u2026'}</p>`;
}

function row(item, i, { quote, selected, now, actions, items }) {
  const q = quote(item.symbol);
  const isSelected = item.symbol === selected;
  const reachable = isSelected || (i === 0 && !items.some((it) => it.symbol === selected));
  return html`<tr data-symbol=${item.symbol} data-side=${WORDS[q.side]} class=${q.polled ? 'polled' : ''}
      tabindex=${reachable ? 0 : -1} aria-selected=${isSelected} aria-rowindex=${i + 1}
      @focus=${() => actions.select(item.symbol)}>
    <td class="grip" @pointerdown=${(event) => actions.drag(event, item.symbol)} title="Drag to move">${icons.grip}</td>
    ${nameCell(item, q)} ${trendCell(q)} ${ltpCell(item, q, now)} ${valueCells(q)} ${rangeCell(q)}
    <td class="time" title=${q.texts.date}>${q.texts.time}</td>
    ${actionsCell(item, i, actions)}
  </tr>`;
}

function nameCell(item, q) {
  const tag = q.simulated ? html`<span class="tag" title="Simulated price">sim</span>` : nothing;
  return html`<td class="name">
    <span class="symbol">${item.symbol}${tag}</span>
    ${q.refused
      ? html`<span class="refused">${q.refused}</span>`
      : html`<span class="full-name">${item.name && item.name !== item.symbol ? item.name : item.key}</span>`}
  </td>`;
}

function trendCell(q) {
  const end = q.sparkline.end;
  return html`<td class="trend">
    <svg class="spark" viewBox="0 0 ${Sparkline.WIDTH} ${Sparkline.HEIGHT}" aria-hidden="true">
      ${end ? svg`<path d=${q.sparkline.path}></path><circle cx=${end.x} cy=${end.y} r="1.8"></circle>` : nothing}
    </svg>
  </td>`;
}

/** The cell with the price. Two class names alternate, so that each move restarts the flash. */
function ltpCell(item, q, now) {
  const turn = q.moves % 2 ? 'odd' : 'even';
  const flash = q.flashing(now) ? `flash ${turn}` : '';
  return html`<td class="ltp">
    <span class="js-ltp-cell ${flash}" data-instrument-key=${item.key} data-direction=${WORDS[q.direction]}>
      <span class="arrow" aria-hidden="true">${ARROWS[q.direction]}</span><span class="value">${q.texts.ltp}</span>
    </span>
  </td>`;
}

function valueCells({ texts, side }) {
  return html`
    <td class="change"><span class="arrow" aria-hidden="true">${ARROWS[side]}</span>${texts.change}</td>
    <td class="percent">${texts.changePct}</td>
    <td class="bid" data-label="Bid">${texts.bid}</td>
    <td class="ask" data-label="Ask">${texts.ask}</td>
    <td class="volume" data-label="Volume" title=${texts.volumeWhole}>${texts.volume}</td>`;
}

function rangeCell(q) {
  const place = q.dayPlace;
  const title = place === undefined ? '' : `${q.texts.low} to ${q.texts.high}`;
  return html`<td class="range" title=${title} data-label="Day range">
    <svg class="day" viewBox="0 0 72 12" role="img" aria-label=${title}>
      <path d="M2 6H70"></path>
      ${place === undefined ? nothing : svg`<circle cx=${(4 + place * 64).toFixed(1)} cy="6" r="3"></circle>`}
    </svg>
  </td>`;
}

function actionsCell({ symbol }, i, actions) {
  return html`<td class="row-actions">
    <a class="quiet to-chart" href=${chartAddress(symbol)} tabindex="-1" aria-label="Chart of ${symbol}" title="Chart (Enter)">${icons.chart}</a>
    <button class="quiet move" tabindex="-1" aria-label="Move ${symbol} up" @click=${() => actions.move(symbol, i - 1)}>${icons.up}</button>
    <button class="quiet move" tabindex="-1" aria-label="Move ${symbol} down" @click=${() => actions.move(symbol, i + 1)}>${icons.down}</button>
    <button class="quiet" tabindex="-1" aria-label="Remove ${symbol}" title="Remove (Delete)" @click=${() => actions.remove(symbol)}>${icons.close}</button>
  </td>`;
}
