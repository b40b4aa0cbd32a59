/** The server's REST calls that this page makes. */
import { access, headers } from './token.js';

const GIVE_UP_AFTER = 4_000;

async function getJson(path) {
  const response = await fetch(path, { headers: headers(), signal: AbortSignal.timeout(GIVE_UP_AFTER) });
  access.denied = response.status === 401;
  if (!response.ok) throw new Error(`${path.split('?')[0]} answered ${response.status}`);
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
