/** When to try a lost connection again: ten tries from 3 s on with jitter, then a slow probe. */
export const TRIES = 10;

const FIRST = 3_000;
const GROWTH = 1.4;
const LONGEST = 10_000;
const JITTER = 0.3;
const PROBE = 30_000;

/** The wait in ms before a try, counted from 1; after the last try, the interval of the probe. */
export function retryDelay(attempt, random = Math.random) {
  const base = attempt > TRIES ? PROBE : Math.min(LONGEST, FIRST * GROWTH ** (attempt - 1));
  return Math.round(base * (1 + JITTER * random()));
}
