import { chartAddress } from '../model/address.js';
import { decimalsOf, localeOf, price, quantity, signed } from '../model/format.js';
import { html, nothing } from './lib.js';

const DASH = '\u2013';
const DAY = 86_400_000;
const HOUR = 3_600_000;
const SOURCES = { parity: 'put-call parity', future: 'future', spot: 'spot' };

/** The groups of columns of which a narrow screen shows one. */
const GROUPS = [['price', 'Price'], ['interest', 'OI chg'], ['greeks', 'Greeks'], ['trade', 'Volume']];

const BUILD_UPS = {
  LB: ['up', 'Long build-up: price up, open interest up'],
  SB: ['down', 'Short build-up: price down, open interest up'],
  LU: ['down', 'Long unwinding: price down, open interest down'],
  SC: ['up', 'Short covering: price up, open interest down'],
};

/** The columns of one side, from the edge to the strike. */
const SIDE = [
  { name: 'oi', label: 'OI', title: 'Open interest' },
  { name: 'oi-change', label: 'OI chg', title: 'Open interest less that of the session before' },
  { name: 'build-up', label: 'B', title: 'Build-up: what price and open interest say together' },
  { name: 'volume', label: 'Volume', title: 'Volume of the session' },
  { name: 'iv', label: 'IV', title: 'Implied volatility, percent a year' },
  { name: 'delta', label: 'Delta', title: 'Delta to the forward' },
  { name: 'change', label: 'Chg', title: 'Last price less the previous close' },
  { name: 'ltp', label: 'LTP', title: 'Last price' },
];

const columnsOf = (side) => SIDE.map((column) => ({ ...column, side, kind: `${column.name} ${side}` }));

/** The columns of the table: calls, the strike, puts. */
export const COLUMNS = [
  ...columnsOf('ce'),
  { name: 'strike', label: 'Strike', kind: 'strike' },
  ...columnsOf('pe').reverse(),
];

/** The head of the page: the underlying, its expiries, the search. */
export const chainHeadView = ({ desk, instrument, search, actions }) => html`
  <h1 class="title">${desk.symbol}</h1>
  <span class="panel-note full">${instrument.name ?? ''}</span>
  <span class="expiries" role="group" aria-label="Expiry">
    ${(desk.expiries ?? []).map((date) => html`<button aria-pressed=${date === desk.expiry} @click=${() => actions.expiry(date)}>${dateWords(date)}</button>`)}
  </span>
  <a class="head-link" href=${chartAddress(desk.symbol)}>Chart</a>
  ${search.view}`;

/** What is above the table: the sides' names, or the groups of columns; the way to the money. */
export const toolsView = ({ group, actions }) => html`
  <span class="sides"><span>Calls</span><span>Puts</span></span>
  <span class="groups" role="group" aria-label="Columns">
    ${GROUPS.map(([name, label]) => html`<button aria-pressed=${name === group} @click=${() => actions.group(name)}>${label}</button>`)}
  </span>
  <button title="Go to the strike at the money (a)" @click=${actions.money}>ATM</button>`;

/** The figures of the chain as a whole. */
export function summaryView({ chain, desk, instrument, now }) {
  const locale = localeOf(instrument);
  const { atm = {}, expectedMove = {}, forward = {}, left = {}, why = {}, ...payload } = chain.payload;
  const inPrice = (value) => price(value, 2, locale);
  return html`<dl>
    ${figure('Spot', payload.spot, inPrice, why.spot)}
    ${figure('Forward', forward.value, inPrice, why.forward, SOURCES[forward.source])}
    ${figure('PCR', payload.pcr, (it) => it.toFixed(2), why.pcr, 'by OI')}
    ${figure('Max pain', payload.maxPain, (it) => strikeWords(it, locale), why.maxPain)}
    ${figure('ATM straddle', atm.straddle, inPrice, why.straddle ?? why.atm, atm.strike === undefined ? '' : `at ${strikeWords(atm.strike, locale)}`)}
    ${figure('ATM IV', atm.iv, (it) => `${it.toFixed(2)}%`, why.atm)}
    ${figure('Expected move', expectedMove.sigma, (it) => `\u00b1${inPrice(it)}`, why.atm ?? why.left)}
    ${figure('Time left', why.left ? undefined : left.millis, timeWords, why.left)}
    ${ageView({ chain, desk, now })}
  </dl>`;
}

const figure = (name, value, write, why, note) => html`<div data-figure=${name}>
  <dt>${name}</dt>
  ${known(value) ? html`<dd>${write(value)}${note ? html` <small>${note}</small>` : nothing}</dd>` : html`<dd title=${why ?? 'not known'} data-tone="absent">${DASH}<span class="unseen">${why ?? 'not known'}</span></dd>`}
</div>`;

/** How old the newest tick of the chain is: its age as it was published, and the time since. */
function ageView({ chain: { payload }, desk, now }) {
  const { t, newestTick, stale } = payload;
  const age = known(t) && newestTick ? t - newestTick + (now - desk.cameAt) : undefined;
  const words = age === undefined ? DASH : age < 10_000 ? `${(Math.max(0, age) / 1000).toFixed(1)} s` : `${Math.round(age / 1000)} s`;
  return html`<div data-figure="Age"><dt>Newest tick</dt><dd data-tone=${stale ? 'warn' : ''}>${words}${stale ? html` <small>stale</small>` : nothing}</dd></div>`;
}

/** The cells of the row at a place, and its marks: at the money, call or put in the money. */
export function rowView(chain, place, locale) {
  const row = chain.strikes[place];
  const cells = COLUMNS.map(({ name, side }) =>
    side ? CELLS[name](row[side], { row, chain, locale }) : { text: strikeWords(row.strike, locale) });
  return { cells, mark: markOf(chain, place, row) };
}

function markOf({ money, payload: { spot } }, place, { strike }) {
  const marks = [];
  if (place === money) marks.push('money');
  if (known(spot) && strike < spot) marks.push('call-in');
  if (known(spot) && strike > spot) marks.push('put-in');
  return marks.join(' ');
}

const NO_LEG = 'not listed';

/** How each column writes an option. */
const CELLS = {
  oi: (leg, { chain, locale }) => ({
    ...cell(leg, leg?.oi, (it) => quantity(it, locale), leg?.why?.oi),
    bar: chain.mostInterest && leg?.oi ? leg.oi / chain.mostInterest : 0,
  }),
  'oi-change': (leg, { locale }) => toned(leg, leg?.oiChange, (it) => signedQuantity(it, locale), leg?.why?.oi),
  'build-up': buildUpCell,
  volume: (leg, { locale }) => cell(leg, leg?.volume, (it) => quantity(it, locale)),
  iv: volatilityCell,
  delta: (leg) => cell(leg, leg?.delta, (it) => signed(it, 2).replace('+', ''), leg?.why?.greeks),
  change: (leg, { chain, locale }) => toned(leg, leg?.change, (it) => signed(it, chain.decimals, locale)),
  ltp: lastCell,
};

function buildUpCell(leg) {
  const [tone, title] = BUILD_UPS[leg?.buildUp] ?? [];
  if (tone) return { text: leg.buildUp, tone, title };
  return { text: DASH, tone: 'absent', title: leg ? 'price or open interest is unchanged or unknown' : NO_LEG };
}

/** The volatility of the strike, which comes from the option out of the money where that has one. */
function volatilityCell(leg, { row }) {
  const made = cell(leg, row.iv, (it) => it.toFixed(1), row.why?.iv);
  if (!leg || !known(row.iv)) return made;
  const from = row[row.ivFrom];
  const title = row.ivFrom ? `of the ${row.ivFrom === 'ce' ? 'call' : 'put'}${from?.wide ? ', whose bid and ask are far apart' : ''}` : '';
  return from?.wide ? { text: `~${made.text}`, title, tone: 'absent' } : { ...made, title };
}

/** The last price; one that is too old to compute anything of is pale. */
function lastCell(leg, { chain, locale }) {
  const made = cell(leg, leg?.ltp, (it) => price(it, chain.decimals, locale), 'no trade yet');
  return leg?.src === 'none' && known(leg.ltp) ? { ...made, tone: 'absent', title: leg.why?.price ?? 'not used' } : made;
}

function cell(leg, value, write, why) {
  if (known(value)) return { text: write(value) };
  return { text: DASH, title: leg ? (why ?? 'not known') : NO_LEG, tone: 'absent' };
}

function toned(leg, value, write, why) {
  const made = cell(leg, value, write, why);
  return known(value) ? { ...made, tone: { 1: 'up', '-1': 'down' }[Math.sign(value)] ?? '' } : made;
}

function signedQuantity(value, locale) {
  const sign = value > 0 ? '+' : value < 0 ? '\u2212' : '';
  return sign + quantity(Math.abs(value), locale);
}

const strikeWords = (strike, locale) => price(strike, strike % 1 ? decimalsOf(strike) : 0, locale);

const known = (value) => typeof value === 'number';

/** A date as people say it, such as `1 Dec`, with the year where it is not this one. */
export function dateWords(date) {
  const day = new Date(`${date}T00:00:00Z`);
  const isOther = day.getUTCFullYear() !== new Date().getUTCFullYear();
  return day.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', ...(isOther ? { year: '2-digit' } : {}) });
}

function timeWords(millis) {
  if (millis >= 2 * DAY) return `${(millis / DAY).toFixed(1)} days`;
  return millis >= HOUR ? `${(millis / HOUR).toFixed(1)} h` : `${Math.ceil(millis / 60_000)} min`;
}
