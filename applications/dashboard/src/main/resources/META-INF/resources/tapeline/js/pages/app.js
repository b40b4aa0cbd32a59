import { chartAddress } from '../model/address.js';
import { barView, noticeView } from '../widgets/bar-view.js';
import { ChannelLog } from '../model/channel-log.js';
import { consoleView } from '../widgets/console-view.js';
import { startDrag } from '../widgets/drag.js';
import { watchlistHelp } from '../widgets/help-view.js';
import { listen } from '../widgets/keyboard.js';
import { onKeys } from '../widgets/keys.js';
import { html, render } from '../widgets/lib.js';
import { pageKeys, pagesView } from '../widgets/pages-view.js';
import { Painter } from '../widgets/painter.js';
import { PriceDesk } from '../model/price-desk.js';
import { FLASH } from '../model/quote.js';
import { findInstruments } from '../net/rest.js';
import { Search } from '../model/search.js';
import { statusOf } from '../model/status.js';
import { onSystemTheme, toggleTheme } from '../widgets/theme.js';
import { CAPACITY, Watchlist } from '../model/watchlist.js';
import { watchlistView } from '../widgets/watchlist-view.js';

const TABLE_EVERY = 50;
const MESSAGES_EVERY = 200;
const SECOND = 1_000;
const FULL = `The watchlist is full: ${CAPACITY} instruments at most. Remove one first.`;

const element = (id) => document.getElementById(id);
const gateway = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;

const desk = new PriceDesk(gateway, { onQuotes, onLink });
const watchlist = new Watchlist(watch);
const log = new ChannelLog(gateway, () => messages.request());
const search = new Search({
  label: 'Find an instrument to add',
  placeholder: 'Add instrument',
  note: ({ symbol }) => (watchlist.has(symbol) ? 'watched' : ''),
  refusal: ({ symbol }) => (watchlist.full && !watchlist.has(symbol) ? FULL : ''),
  choose: add,
  changed: () => head.request(),
});

let selected = '';
let opened = 0;
let mode = 'all';
let instrumentsFailed = false;
let flashEnd = 0;

const actions = {
  select(symbol) {
    selected = symbol;
    table.request();
    bar.request();
  },
  search: () => element('search').focus(),
  channel: () => document.querySelector('.subscribe .channel').focus(),
  help: () => element('help').showModal(),
  theme() {
    toggleTheme();
    bar.request();
  },
  retry: () => desk.connection.open(),
  pause: () => log.togglePause(),
  clear: () => log.clear(),
  step: (by) => focusRow(Math.max(0, watchlist.indexOf(selected) + (isRowFocused() ? by : 0))),
  carry,
  move: (symbol, place) => watchlist.move(symbol, place),
  drag: (event, symbol) => startDrag(event, symbol, actions.move),
  remove: (symbol = selected) => remove(symbol),
  chart: () => location.assign(chartAddress(selected)),
  unsubscribe: (name) => log.unsubscribe(name),
  subscribe,
  mode(event) {
    mode = event.target.value;
    messages.request();
  },
  /** Opens or closes a message. Opening one pauses the log, so that others do not push it away. */
  toggle(id) {
    opened = opened === id ? 0 : id;
    if (opened && !log.paused) log.togglePause();
    messages.request();
  },
};

const bar = new Painter(() => {
  const now = Date.now();
  const status = statusOf(desk, now);
  render(barView({ status, desk, now, actions, pages: pagesView('watchlist', lookedAt()) }), element('bar'));
  render(noticeView({ status, actions }), element('notice'));
});

const head = new Painter(() => {
  const note = `${watchlist.items.length} of ${CAPACITY}`;
  render(
    html`<h2>Watchlist</h2>
      <span class="panel-note" title="A client may watch ${CAPACITY} instruments">${note}</span>${search.view}`,
    element('watchlist-head'),
  );
});

const table = new Painter(() => {
  const { items, untouched } = watchlist;
  const quote = (symbol) => desk.quote(symbol);
  const now = Date.now();
  const { still } = statusOf(desk, now);
  const model = { items, untouched, quote, selected, actions, now, still, offline: instrumentsFailed };
  render(watchlistView(model), element('watchlist'));
}, TABLE_EVERY);

const messages = new Painter(() => {
  const suggestions = watchlist.items.slice(0, 8).map(({ symbol }) => `market:tick:${symbol}`);
  render(consoleView({ log, opened, mode, suggestions, actions, now: Date.now() }), element('console'));
}, MESSAGES_EVERY);

function start() {
  render(watchlistHelp, element('help'));
  onKeys(pageKeys(lookedAt));
  listen(actions);
  onSystemTheme(() => bar.request());
  addEventListener('online', () => desk.connection.open());
  watch();
  desk.connection.open();
  offerInstruments();
  setInterval(everySecond, SECOND);
  messages.request();
}

/** The selected instrument, else the first one. */
const lookedAt = () => selected || watchlist.items[0]?.symbol;

function watch() {
  desk.watch(watchlist.items);
  table.request();
  head.request();
}

function onLink() {
  bar.request();
  table.request();
}

function onQuotes(moved) {
  table.request();
  if (moved) endFlashLater();
}

/** Draws once more when the newest flash is over. */
function endFlashLater() {
  clearTimeout(flashEnd);
  flashEnd = setTimeout(() => table.request(), FLASH + 2 * TABLE_EVERY);
}

function everySecond() {
  onLink();
  if (log.connection.phase !== 'idle') messages.request();
  const first = watchlist.items[0];
  const quote = first && desk.quote(first.symbol);
  document.title = quote?.known ? `${first.symbol} ${quote.texts.ltp} \u00b7 Tapeline` : 'Tapeline';
  if (watchlist.untouched && !watchlist.items.length) offerInstruments();
}

async function offerInstruments() {
  if (!watchlist.untouched) return;
  try {
    instrumentsFailed = false;
    watchlist.offer(await findInstruments(''));
  } catch {
    instrumentsFailed = true;
  }
  table.request();
}

function add(instrument) {
  watchlist.add(instrument);
  actions.select(instrument.symbol);
}

function remove(symbol) {
  const place = watchlist.indexOf(symbol);
  const wasFocused = isRowFocused();
  watchlist.remove(symbol);
  if (wasFocused) refocus(Math.min(place, watchlist.items.length - 1));
}

/** Moves the selected instrument. A row that moves loses the focus, so it is focused again. */
function carry(by) {
  const wasFocused = isRowFocused();
  watchlist.move(selected, watchlist.indexOf(selected) + by);
  if (wasFocused) refocus(watchlist.indexOf(selected));
}

function subscribe(event) {
  event.preventDefault();
  const form = event.target;
  const channel = form.channel.value.trim();
  if (!channel) return;
  log.subscribe({ channel, mode: form.mode.value, maxRate: Number(form.rate.value) || undefined });
  form.channel.value = '';
}

/** Focuses a row of a list that has just been changed. */
function refocus(place) {
  table.draw();
  focusRow(place);
}

function focusRow(place) {
  element('watchlist').querySelectorAll('tbody tr')[place]?.focus();
}

function isRowFocused() {
  return document.activeElement?.matches('tr[data-symbol]') ?? false;
}

start();
