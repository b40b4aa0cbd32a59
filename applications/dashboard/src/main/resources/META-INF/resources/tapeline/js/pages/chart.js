import { asked, chartAddress, show } from '../model/address.js';
import { ChartDesk, FRAMES } from '../model/chart-desk.js';
import { decimalsOf, localeOf, price } from '../model/format.js';
import { Search } from '../model/search.js';
import { statusOf } from '../model/status.js';
import { keep, recall } from '../model/store.js';
import { ZoneClock, zoneOf } from '../model/zones.js';
import { findInstrument } from '../net/rest.js';
import { barView, noticeView } from '../widgets/bar-view.js';
import { barWords, chartHeadView, footView, frameWords, legendView, timeDigits } from '../widgets/chart-view.js';
import { chartHelp } from '../widgets/help-view.js';
import { onKeys } from '../widgets/keys.js';
import { render } from '../widgets/lib.js';
import { Painter } from '../widgets/painter.js';
import { pageKeys, pagesView } from '../widgets/pages-view.js';
import { onSystemTheme, toggleTheme } from '../widgets/theme.js';

const DRAW_EVERY = 250;
const SECOND = 1_000;
const QUIET = 30_000;
const FRAME = 'frame';
const ALL_OF_IT = { whole: true, bars: [] };

const element = (id) => document.getElementById(id);
const gateway = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;

const desk = new ChartDesk(gateway, { onBars: () => painter.request(), onLink, onOpened });
const search = new Search({
  label: 'Find an instrument to chart',
  placeholder: 'Another instrument',
  choose: ({ symbol }) => open(symbol, desk.tf),
  changed: () => head.request(),
});

const library = import('../widgets/chart.js');

let chart = null;
let instrument = {};
let clock = new ZoneClock(zoneOf(instrument));
let decimals = 0;
let shownAtFirst = false;
/** The time of the bar that the pointer or the keyboard looks at; null for the newest. */
let lookedAt = null;

const actions = {
  search: () => element('search').focus(),
  help: () => element('help').showModal(),
  theme() {
    toggleTheme();
    recolour();
  },
  retry: () => desk.desk.connection.open(),
  frame: (tf) => open(desk.symbol, tf),
};

const keys = {
  ...pageKeys(() => desk.symbol),
  '/': actions.search,
  '?': actions.help,
  t: actions.theme,
  '[': () => stepFrame(-1),
  ']': () => stepFrame(1),
  '+': () => chart?.zoom(0.8),
  '=': () => chart?.zoom(0.8),
  '-': () => chart?.zoom(1.25),
  Escape: lookAway,
};

const bar = new Painter(() => {
  const now = Date.now();
  const status = statusOf(desk.desk, now, QUIET);
  render(barView({ status, desk: desk.desk, now, actions, pages: pagesView('chart', desk.symbol) }), element('bar'));
  render(noticeView({ status, actions }), element('notice'));
  element('panel').classList.toggle('still', status.still);
});

const head = new Painter(() => render(chartHeadView({ desk, instrument, search, actions }), element('head')));

const painter = new Painter(draw, DRAW_EVERY);

async function start() {
  render(chartHelp, element('help'));
  onKeys(keys);
  element('chart').addEventListener('keydown', walk);
  element('chart').addEventListener('blur', lookAway);
  onSystemTheme(recolour);
  addEventListener('online', actions.retry);
  setInterval(() => bar.request(), SECOND);
  const tf = [asked('tf'), recall(FRAME, ''), FRAMES[0]].find((it) => /^\d{1,4}[smhdwM]$/.test(it));
  await open(asked('symbol') || 'NIFTY', tf);
}

/** Shows an instrument and a frame; the zone and the name follow when they are known. */
async function open(symbol, tf) {
  const isOther = symbol !== desk.symbol;
  if (isOther) forget();
  keep(FRAME, tf);
  show(chartAddress(symbol, tf));
  desk.open(symbol, tf);
  if (!isOther) return;
  const found = await findInstrument(symbol).catch(() => undefined);
  if (symbol !== desk.symbol) return;
  instrument = found ?? {};
  makeChart();
}

function forget() {
  chart?.remove();
  chart = null;
  instrument = {};
}

function onOpened() {
  lookedAt = null;
  decimals = 0;
  const words = `${desk.symbol}, ${frameWords(desk.tf)}`;
  document.title = `${desk.symbol} ${desk.tf} \u00b7 Tapeline`;
  element('chart').setAttribute('aria-label', `Chart of ${words}. The arrow keys walk through the bars.`);
  head.request();
  bar.request();
  if (chart) makeChart();
}

/** The chart begins anew with each series, because its zone and its indicators may be others. */
async function makeChart() {
  const { symbol, tf } = desk;
  const { Chart } = await library;
  if (symbol !== desk.symbol || tf !== desk.tf) return;
  chart?.remove();
  clock = new ZoneClock(zoneOf(instrument));
  chart = new Chart(element('chart'), { clock, onLook, onEarly: () => desk.recallEarlier() });
  chart.writeTimes(timeDigits(tf));
  shownAtFirst = false;
  decimals = 0;
  for (const series of [desk.bars, desk.average, desk.oscillator]) series.takeChanges();
  drawAll();
  head.request();
}

function drawAll() {
  writePrices();
  painted(ALL_OF_IT, ALL_OF_IT, ALL_OF_IT);
}

function draw() {
  writePrices();
  if (chart) painted(...[desk.bars, desk.average, desk.oscillator].map((series) => series.takeChanges()));
  else writeTexts();
}

function painted(bars, average, oscillator) {
  chart.drawBars(bars, desk.bars.all);
  chart.drawAverage(average, desk.average.all);
  chart.drawOscillator(oscillator, desk.oscillator.all);
  if (!shownAtFirst && desk.bars.newest && desk.history !== 'asking') {
    shownAtFirst = true;
    chart.showNewest(desk.bars.all.length);
  }
  writeTexts();
}

/** Writes prices with the decimals that they have, and never with fewer than before. */
function writePrices() {
  const { o, h, l, c } = desk.bars.newest ?? { o: 0, h: 0, l: 0, c: 0 };
  const needed = Math.max(decimals, ...[o, h, l, c].map(decimalsOf));
  if (needed === decimals) return;
  decimals = needed;
  chart?.writePrices(decimals, (value) => price(value, decimals, localeOf(instrument)));
}

function writeTexts() {
  const shown = (lookedAt !== null && desk.bars.at(lookedAt)) || desk.bars.newest;
  const before = shown && desk.bars.all[desk.bars.placeOf(shown.t) - 1];
  render(legendView({ desk, bar: shown, before, instrument, clock, decimals }), element('legend'));
  render(footView({ desk, clock }), element('foot'));
}

function onLink() {
  bar.request();
  if (desk.refused) painter.request();
}

function onLook(t) {
  lookedAt = t;
  writeTexts();
}

/** Walks through the bars by keys, and says where one is. */
function walk(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  const { all } = desk.bars;
  if (!step || !all.length || !chart || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const from = lookedAt === null ? all.length : desk.bars.placeOf(lookedAt);
  const looked = all[Math.max(0, Math.min(all.length - 1, from + step))];
  onLook(looked.t);
  chart.lookAt(looked);
  element('spoken').textContent = barWords({ bar: looked, desk, instrument, clock, decimals });
}

function lookAway() {
  if (lookedAt === null) return;
  chart?.lookAway();
  onLook(null);
}

function stepFrame(by) {
  const next = FRAMES[FRAMES.indexOf(desk.tf) + by];
  if (next) open(desk.symbol, next);
}

function recolour() {
  chart?.recolour(desk.bars.all);
  bar.request();
}

start();
