import { asked, chainAddress, show } from '../model/address.js';
import { ChainDesk } from '../model/chain-desk.js';
import { localeOf } from '../model/format.js';
import { Search } from '../model/search.js';
import { statusOf } from '../model/status.js';
import { findInstrument } from '../net/rest.js';
import { barView, noticeView } from '../widgets/bar-view.js';
import { chainHeadView, COLUMNS, dateWords, rowView, summaryView, toolsView } from '../widgets/chain-view.js';
import { Grid } from '../widgets/grid.js';
import { chainHelp } from '../widgets/help-view.js';
import { onKeys } from '../widgets/keys.js';
import { nothing, render } from '../widgets/lib.js';
import { Painter } from '../widgets/painter.js';
import { pageKeys, pagesView } from '../widgets/pages-view.js';
import { onSystemTheme, toggleTheme } from '../widgets/theme.js';

const DRAW_EVERY = 250;
const SECOND = 1_000;
const QUIET = 30_000;

const element = (id) => document.getElementById(id);
const gateway = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;

const desk = new ChainDesk(gateway, { onChain: () => table.request(), onLink: () => bar.request(), onOpened });
const search = new Search({
  label: 'Find an underlying',
  placeholder: 'Another underlying',
  choose: ({ symbol, underlying, expiry }) => open(underlying ?? symbol, expiry ?? ''),
  changed: () => head.request(),
});

let instrument = {};
let group = 'price';
let grid = null;
let centered = false;

const actions = {
  search: () => element('search').focus(),
  help: () => element('help').showModal(),
  theme() {
    toggleTheme();
    bar.request();
  },
  retry: () => desk.desk.connection.open(),
  expiry: (date) => desk.choose(date),
  group(name) {
    group = name;
    head.request();
  },
  money() {
    if (desk.chain?.money >= 0) grid?.center(desk.chain.money);
  },
};

const bar = new Painter(() => {
  const now = Date.now();
  const status = chainStatus(now);
  render(barView({ status, desk: desk.desk, now, actions, pages: pagesView('chain', desk.symbol) }), element('bar'));
  render(noticeView({ status, actions }), element('notice'));
  element('panel').classList.toggle('still', status.still);
  drawSummary(now);
});

const head = new Painter(() => {
  render(chainHeadView({ desk, instrument, search, actions }), element('head'));
  render(toolsView({ group, actions }), element('tools'));
  element('grid').dataset.group = group;
});

const table = new Painter(() => {
  const { chain } = desk;
  drawSummary(Date.now());
  element('message').textContent = message();
  element('grid').hidden = !chain;
  if (!chain) return;
  const locale = localeOf(instrument);
  grid ??= new Grid(element('grid'), { columns: COLUMNS, label: 'Option chain: calls, strike, puts' });
  grid.draw(chain.strikes.map(({ strike }) => strike), (place) => rowView(chain, place, locale));
  if (!centered && chain.money >= 0) {
    centered = true;
    actions.money();
  }
}, DRAW_EVERY);

function start() {
  render(chainHelp, element('help'));
  onKeys({
    ...pageKeys(() => desk.symbol),
    '/': actions.search,
    '?': actions.help,
    t: actions.theme,
    a: actions.money,
    '[': () => stepExpiry(-1),
    ']': () => stepExpiry(1),
  });
  onSystemTheme(() => bar.request());
  addEventListener('online', actions.retry);
  setInterval(() => bar.request(), SECOND);
  open(asked('symbol') || 'NIFTY', asked('expiry'));
}

async function open(symbol, expiry) {
  const isOther = symbol !== desk.symbol;
  if (isOther) instrument = {};
  desk.open(symbol, expiry);
  const found = isOther && (await findInstrument(symbol).catch(() => undefined));
  if (!found || symbol !== desk.symbol) return;
  instrument = found;
  head.request();
  table.request();
}

function onOpened() {
  if (!desk.chain) centered = false;
  show(chainAddress(desk.symbol, desk.expiry));
  document.title = `${[desk.symbol, desk.expiry && dateWords(desk.expiry)].filter(Boolean).join(' ')} chain \u00b7 Tapeline`;
  head.request();
  table.request();
  bar.request();
}

/** The state of the connection, or that of the chain itself if its ticks have stopped. */
function chainStatus(now) {
  const status = statusOf(desk.desk, now, QUIET);
  if (status.still || !desk.chain?.payload.stale) return status;
  return { state: 'stale', label: 'Stale', detail: 'No tick of this chain has come for some time; its figures may be outdated.', still: true };
}

function drawSummary(now) {
  const { chain } = desk;
  render(chain ? summaryView({ chain, desk, instrument, now }) : nothing, element('summary'));
}

/** What there is to say instead of a table. */
function message() {
  if (desk.refused) return desk.refused;
  if (desk.chain) return desk.chain.strikes.length ? '' : 'No options are known yet.';
  if (desk.failed && !desk.expiry) return 'The expiries can\u2019t be loaded at the moment.';
  if (desk.expiries && !desk.expiry) return `There are no options on ${desk.symbol}. Press / to find another underlying.`;
  return 'Waiting for the chain \u2026';
}

function stepExpiry(by) {
  const all = desk.expiries ?? [];
  const next = all[all.indexOf(desk.expiry) + by];
  if (next) desk.choose(next);
}

start();
