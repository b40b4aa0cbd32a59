import { decimalsOf } from './format.js';

const SIDES = ['ce', 'pe'];

/**
 * A publication of an option chain, as `docs/option-chains.md` describes it, with what the page reads from all of
 * its options together.
 */
export class Chain {
  /** The publication itself. */
  payload;
  /** The strikes in their order, each with `strike`, `ce` and `pe`. */
  strikes;
  /** The largest open interest of an option, for the length of bars. */
  mostInterest;
  /** The decimals of the options' prices. */
  decimals;
  /** The place of the strike at the money, which is the nearest to the spot; -1 if it is unknown. */
  money;

  constructor(payload) {
    const strikes = payload.strikes ?? [];
    const legs = strikes.flatMap((row) => SIDES.map((side) => row[side])).filter(Boolean);
    const middle = payload.atm?.spotStrike ?? payload.atm?.strike;
    this.payload = payload;
    this.strikes = strikes;
    this.mostInterest = Math.max(0, ...legs.map(({ oi }) => oi ?? 0));
    this.decimals = Math.max(2, ...legs.map(({ ltp }) => (ltp === undefined ? 0 : decimalsOf(ltp))));
    this.money = strikes.findIndex(({ strike }) => strike === middle);
  }
}
