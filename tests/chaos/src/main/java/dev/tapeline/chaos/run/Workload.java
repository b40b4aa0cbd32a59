package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.ServerTarget;
import dev.tapeline.chaos.client.Wish;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels of one schedule, whose names no other schedule uses, and their subscribers.
 *
 * @param durable whether there are channels with a log
 */
public record Workload(String id, boolean durable) {

  /**
   * The {@code TAPELINE_DURABLE} of its nodes: the channels with a log, and one that is mirrored.
   */
  static final String DURABLE = "built-in,mirrored:* plain=mirror";

  /** The channels of the publishers. */
  public List<ServerTarget> targets() {
    List<ServerTarget> all = new ArrayList<>();
    all.add(new ServerTarget("market:tick:" + id + "-A", ServerTarget.Way.PLAIN, true));
    all.add(new ServerTarget("market:tick:" + id + "-B", ServerTarget.Way.PLAIN, true));
    all.add(new ServerTarget("news:" + id, ServerTarget.Way.PLAIN, false));
    if (durable) {
      all.add(new ServerTarget("trade@" + id + "-A", ServerTarget.Way.CALL, false));
      all.add(new ServerTarget("trade@" + id + "-B", ServerTarget.Way.CALL, false));
      all.add(new ServerTarget("option-chain:" + id, ServerTarget.Way.CALL, true));
      all.add(new ServerTarget("engine:signal:" + id, ServerTarget.Way.ADOPTED, false));
      all.add(new ServerTarget("mirrored:" + id, ServerTarget.Way.CALL, false));
    }
    return all;
  }

  /** The wishes of the client of a number: all, with merges, by pattern, or a single channel. */
  List<Wish> wishes(int client) {
    return switch (client % 4) {
      case 0 -> each(false);
      case 1 -> each(true);
      case 2 -> List.of(Wish.all("*" + id + "*"));
      default -> List.of(Wish.all(targets().get(client / 4 % targets().size()).channel()));
    };
  }

  private List<Wish> each(boolean merged) {
    return targets().stream()
        .map(target ->
            merged && target.latest()
                ? Wish.latest(target.channel(), target.channel().endsWith("B") ? 5 : 0)
                : new Wish(target.channel(), false, 0, merged))
        .toList();
  }
}
