package dev.tapeline.plant.watch;

import dev.tapeline.core.Publication;
import dev.tapeline.plant.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the listeners of an option chain whether its figures are stale: once when its first answer
 * has come, and whenever that changes. The node that polls the chain publishes it on the channel of
 * the chain. What the bus does not take is told again a second later. Safe for all threads.
 */
public final class ChainFreshness {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Logger log = LoggerFactory.getLogger(ChainFreshness.class);

  private final Supplier<Map<String, List<PolledChain>>> own;
  private final BiFunction<String, List<Publication>, CompletionStage<Void>> publish;

  /** What was told last, by source and channel; whether the chain was stale. */
  private final Map<String, Map<String, Boolean>> told = new HashMap<>();

  /**
   * @param own the chains of the sources that this node runs now, by the name of the source
   * @param publish publishes in the name of a source
   */
  public ChainFreshness(
      Supplier<Map<String, List<PolledChain>>> own,
      BiFunction<String, List<Publication>, CompletionStage<Void>> publish) {
    this.own = own;
    this.publish = publish;
  }

  /** Tells what has changed; to be called about each second. */
  public synchronized void tell() {
    Map<String, List<PolledChain>> chains = own.get();
    told.keySet().retainAll(chains.keySet());
    chains.forEach(this::tell);
  }

  private void tell(String source, List<PolledChain> chains) {
    Map<String, Boolean> before = told.computeIfAbsent(source, _ -> new HashMap<>());
    Set<String> polled = new HashSet<>();
    List<Publication> news = new ArrayList<>();
    for (PolledChain chain : chains) {
      String channel = Channels.optionChain(chain.symbol(), chain.expiry());
      polled.add(channel);
      boolean isKnown = chain.stale() || chain.lastSuccess() > 0;
      if (isKnown && !Boolean.valueOf(chain.stale()).equals(before.get(channel))) {
        before.put(channel, chain.stale());
        news.add(Publication.of(channel, text(chain)));
      }
    }
    before.keySet().retainAll(polled);
    if (!news.isEmpty()) {
      var _ =
          publish
              .apply(source, news)
              .exceptionally(failure -> {
                log.debug("whether chains of {} are stale is not told", source, failure);
                forget(source, news);
                return null;
              });
    }
  }

  private synchronized void forget(String source, List<Publication> news) {
    Map<String, Boolean> before = told.getOrDefault(source, new HashMap<>());
    news.forEach(each -> before.remove(each.channel()));
  }

  private static String text(PolledChain chain) {
    ObjectNode text =
        JSON.createObjectNode()
            .put("symbol", chain.symbol())
            .put("expiry", chain.expiry())
            .put("source", chain.source())
            .put("stale", chain.stale());
    if (chain.lastSuccess() > 0) {
      text.put("lastSuccess", chain.lastSuccess());
    }
    if (chain.stale() && chain.lastProblem() != null) {
      text.put("reason", chain.lastProblem());
    }
    return text.toString();
  }
}
