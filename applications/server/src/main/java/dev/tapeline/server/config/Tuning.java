package dev.tapeline.server.config;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.listen.Transport;
import dev.tapeline.protocols.cable.CableMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the gateway does its work.
 *
 * @param lanes event loops; 0 for half the processors
 * @param ringBytes what one channel keeps for its subscribers
 * @param ringsTotalBytes what all channels keep together
 * @param logsTotalBytes what all logs in this process keep together; the newest values of plain
 *     channels take half as much, and so does the cache
 * @param kinds the user's rules, then those of the contract
 * @param slowStep how long a client does not keep up before it is set back a step
 * @param priorityChannels whose publications go before all others
 * @param compression whether clients that offer permessage-deflate get it
 * @param cable what classes of Action Cable's channels stand for
 */
public record Tuning(
    Transport transport,
    int lanes,
    int ringBytes,
    long ringsTotalBytes,
    long logsTotalBytes,
    KindRules kinds,
    Duration slowStep,
    List<Selector> priorityChannels,
    boolean compression,
    CableMapping cable) {

  public static final Duration SLOW_STEP = Duration.ofSeconds(5);
  public static final List<Selector> PRIORITY_CHANNELS =
      List.of(Selector.parse("alerts:*"), Selector.parse("positions:*"));

  /** The defaults of budgets where there is memory enough; {@link Memory} has the shares. */
  static final int MOST_RING_BYTES = 4 << 20;

  static final long MOST_RINGS_TOTAL_BYTES = 256L << 20;
  static final long MOST_LOGS_TOTAL_BYTES = 256L << 20;

  static Tuning from(Values values, Memory memory) {
    int ringBytes = values.integer(Catalog.RING_BYTES, memory.ringBytes(), 1, 1 << 30);
    long total = values.number(Catalog.RINGS_TOTAL_BYTES, memory.ringsTotalBytes(), 1, 1L << 40);
    if (total < ringBytes) {
      Value ring = new Value(Catalog.RING_BYTES, "" + ringBytes, "the default");
      Value all = new Value(Catalog.RINGS_TOTAL_BYTES, "" + total, "the default");
      throw ConfigException.contradiction(
          values.get(Catalog.RING_BYTES).orElse(ring),
          values.get(Catalog.RINGS_TOTAL_BYTES).orElse(all),
          "one ring must fit into the total");
    }
    return new Tuning(
        values.choice(Catalog.TRANSPORT, Transport.class, Transport.AUTO),
        values.integer(Catalog.LANES, 0, 0, 256),
        ringBytes,
        total,
        values.number(Catalog.LOGS_TOTAL_BYTES, memory.logsTotalBytes(), 1, 1L << 40),
        kinds(values),
        values.duration(Catalog.SLOW_STEP, SLOW_STEP),
        priority(values),
        values.matching(Catalog.COMPRESSION, "true|false").filter("false"::equals).isEmpty(),
        values.parsed(Catalog.CABLE_CHANNELS, CableMapping::parse).orElse(CableMapping.DEFAULT));
  }

  private static List<Selector> priority(Values values) {
    return values
        .get(Catalog.PRIORITY_CHANNELS)
        .map(given ->
            given.text().equals("none")
                ? List.<Selector>of()
                : values.list(Catalog.PRIORITY_CHANNELS, Selector::parse))
        .orElse(PRIORITY_CHANNELS);
  }

  private static KindRules kinds(Values values) {
    List<KindRules.Rule> rules = new ArrayList<>(values.list(Catalog.KINDS, Tuning::rule));
    rules.addAll(KindRules.DEFAULT.rules());
    return new KindRules(rules);
  }

  private static KindRules.Rule rule(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + text + "' has no '='");
    }
    String kind = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
    return KindRules.Rule.of(text.substring(0, equals).strip(), ChannelKind.valueOf(kind));
  }
}
