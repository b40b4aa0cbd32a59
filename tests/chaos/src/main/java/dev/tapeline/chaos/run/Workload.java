package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Target;
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
  public List<Target> targets() {
    List<Target> all = new ArrayList<>();
    all.add(new Target("market:tick:" + id + "-A", Target.Way.PLAIN, true));
    all.add(new Target("market:tick:" + id + "-B", Target.Way.PLAIN, true));
    all.add(new Target("news:" + id, Target.Way.PLAIN, false));
    if (durable) {
      all.add(new Target("trade@" + id + "-A", Target.Way.CALL, false));
      all.add(new Target("trade@" + id + "-B", Target.Way.CALL, false));
      all.add(new Target("option-chain:" + id, Target.Way.CALL, true));
      all.add(new Target("engine:signal:" + id, Target.Way.ADOPTED, false));
      all.add(new Target("mirrored:" + id, Target.Way.CALL, false));
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
