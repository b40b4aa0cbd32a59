package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Target;
import dev.tapeline.chaos.client.Wish;
import dev.tapeline.plant.channels.Channels;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels of one schedule, whose names no other schedule uses, and who wants them.
 *
 * @param durable whether there are channels with a log
 */
public record Workload(String id, boolean durable) {

  /**
   * The {@code TAPELINE_DURABLE} of its nodes: what has a log, and one that is mirrored plainly.
   */
  static final String DURABLE = "built-in,mirrored:* plain=mirror";

  /** What the publishers publish to. */
  public List<Target> targets() {
    List<Target> all = new ArrayList<>();
    all.add(new Target(Channels.tick(id + "-A"), Target.Way.PLAIN, true));
    all.add(new Target(Channels.tick(id + "-B"), Target.Way.PLAIN, true));
    all.add(new Target("news:" + id, Target.Way.PLAIN, false));
    if (durable) {
      all.add(new Target(Channels.trade(id + "-A"), Target.Way.CALL, false));
      all.add(new Target(Channels.trade(id + "-B"), Target.Way.CALL, false));
      all.add(new Target(Channels.optionChain(id, "1"), Target.Way.CALL, true));
      all.add(new Target(Channels.signal(id), Target.Way.ADOPTED, false));
      all.add(new Target("mirrored:" + id, Target.Way.CALL, false));
    }
    return all;
  }

  /** What the client of a number wants: all, with merges, by pattern, or a single channel. */
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
