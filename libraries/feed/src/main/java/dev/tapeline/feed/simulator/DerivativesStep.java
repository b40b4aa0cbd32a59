package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Times;

/**
 * One step of the simulation as derivatives see it.
 *
 * @param times of its ticks
 * @param time simulated
 * @param progress of the continuous session, from 0 to 1
 * @param activity how lively the market is, about 1
 * @param stir how much the market has been stirred up lately, from 0
 */
record DerivativesStep(
    Times times, TradingTime time, double progress, double activity, double stir) {}
