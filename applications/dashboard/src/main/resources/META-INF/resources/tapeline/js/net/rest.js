/** The server's REST calls that this page makes. */
import { access, headers } from './token.js';

const GIVE_UP_AFTER = 4_000;
/** A server that fetches bars of a vendor answers within 5 s. */
const GIVE_UP_BARS_AFTER = 10_000;

/** A call that the server answers with an error: its status. */
export class Refusal extends Error {
  constructor(path, status) {
    super(`${path} answered ${status}`);
    this.status = status;
  }
}

async function getJson(path, patience = GIVE_UP_AFTER) {
  const response = await fetch(path, { headers: headers(), signal: AbortSignal.timeout(patience) });
  access.denied = response.status === 401;
  if (!response.ok) throw new Refusal(path.split('?')[0], response.status);
  return response.json();
}

/** The instruments whose symbol or name fits the text. */
export async function findInstruments(text) {
  const answer = await getJson(`/api/v1/instruments?q=${encodeURIComponent(text)}`);
  return answer.instruments ?? [];
}

/** The last prices by key, for those that have one, as `{prices, simulated}`. */
export async function currentPrices(keys) {
  if (!keys.length) return { prices: {} };
  const list = keys.map(encodeURIComponent).join(',');
  const { prices = {}, simulated = false } = await getJson(`/api/v1/current_prices?keys=${list}`);
  return { prices, simulated };
}

/** The instrument of a symbol; undefined if the server does not know it. */
export async function findInstrument(symbol) {
  const found = await findInstruments(symbol);
  return found.find((instrument) => instrument.symbol === symbol);
}

/**
 * The newest bars of a frame that open before a time, or the newest of all, as `{candles, older, filling}`: the bars in
 * their order, the time before which there are more, if there are some, and whether the same call will have more soon.
 */
export async function candles(symbol, tf, { before, limit }) {
  const path = past('candles', symbol, { tf, limit }, before);
  const { candles = [], older, filling = false } = await getJson(path, GIVE_UP_BARS_AFTER);
  return { candles, older, filling };
}

/** The values of indicators at the bars that the same call of `candles` has, in their order. */
export async function indicators(symbol, tf, spec, { before, limit }) {
  const path = past('indicators', symbol, { tf, limit, spec }, before);
  const { indicators = [] } = await getJson(path, GIVE_UP_BARS_AFTER);
  return indicators;
}

function past(kind, symbol, parameters, before) {
  const query = new URLSearchParams(parameters);
  if (before) query.set('to', before);
  return `/api/v1/${kind}/${encodeURIComponent(symbol)}?${query}`;
}

/** The expiries of an underlying's options, as dates in their order; none if it has no options. */
export async function expiries(symbol) {
  try {
    const answer = await getJson(`/api/v1/option-chain/${encodeURIComponent(symbol)}/expiries`);
    return answer.expiries ?? [];
  } catch (problem) {
    if (problem.status === 404) return [];
    throw problem;
  }
}
