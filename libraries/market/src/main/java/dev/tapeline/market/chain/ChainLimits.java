package dev.tapeline.market.chain;

/**
 * When quotes count, and how much is kept.
 *
 * @param maxSpread the widest spread of a firm quote, as a part of its middle
 * @param lastAge for how long a last price, or an unchanged spot, counts, in milliseconds
 * @param staleAfter how long after its newest tick a chain is stale, in milliseconds
 * @param parityPairs how many pairs the forward is made of at most
 * @param nearStrikes how many strikes on each side of the money count as near
 * @param publishEvery the shortest time between two events of a chain, in milliseconds
 * @param snapshotEvery the time between two snapshots, in milliseconds
 * @param maxChains how many chains are kept
 * @param maxLegs how many options are kept in all chains together
 */
public record ChainLimits(
    double maxSpread,
    long lastAge,
    long staleAfter,
    int parityPairs,
    int nearStrikes,
    long publishEvery,
    long snapshotEvery,
    int maxChains,
    int maxLegs) {

  /** What applies unless the settings say otherwise. */
  public static final ChainLimits DEFAULT =
      new ChainLimits(0.30, 60_000, 10_000, 7, 5, 100, 60_000, 2_000, 50_000);

  /** The same with other times. */
  public ChainLimits with(long lastPriceAge, long stale, long snapshots) {
    return new ChainLimits(
        maxSpread,
        lastPriceAge,
        stale,
        parityPairs,
        nearStrikes,
        publishEvery,
        snapshots,
        maxChains,
        maxLegs);
  }
}
