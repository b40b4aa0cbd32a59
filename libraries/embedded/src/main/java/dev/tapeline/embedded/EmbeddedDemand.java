package dev.tapeline.embedded;

import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandTally;
import dev.tapeline.core.Selector;
import java.util.Collection;

/**
 * The demand of one process, which is the only node. The listener is called by the threads that
 * call {@link #want} and {@link #release}.
 */
public final class EmbeddedDemand implements Demand {

  private static final String NODE = "this";

  private final DemandTally tally;

  public EmbeddedDemand() {
    this(DEFAULT_MAX_WISHES);
  }

  /**
   * @param maxWishes more are refused
   */
  public EmbeddedDemand(int maxWishes) {
    this.tally = new DemandTally(maxWishes);
  }

  @Override
  public void want(Collection<? extends Selector> selectors) {
    var _ = tally.add(NODE, selectors);
  }

  @Override
  public void release(Collection<? extends Selector> selectors) {
    var _ = tally.remove(NODE, selectors);
  }

  @Override
  public void listen(Listener listener) {
    tally.listen(listener);
  }

  @Override
  public int nodesWanting(Selector selector) {
    return tally.nodesWanting(selector);
  }

  @Override
  public Wishes own() {
    return tally.all();
  }

  @Override
  public Wishes all() {
    return tally.all();
  }

  @Override
  public long refused() {
    return tally.refused();
  }

  @Override
  public void close() {
    tally.ignore();
    tally.removeNode(NODE);
  }
}
