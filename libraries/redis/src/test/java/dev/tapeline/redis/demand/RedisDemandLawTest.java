package dev.tapeline.redis.demand;

import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.address.RedisSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever three nodes and Redis go through, a listener ends with exactly what is wanted. */
class RedisDemandLawTest {

  private enum Deed {
    WANT,
    RELEASE,
    DIE,
    END,
    FLUSH,
    CUT
  }

  /** One thing that happens; a node that is not there comes (back) with it. */
  private record Step(Deed deed, String node, Set<String> names) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Deed> deed =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, Arbitraries.of(Deed.WANT, Deed.RELEASE)),
            net.jqwik.api.Tuple.of(2, Arbitraries.of(Deed.END, Deed.CUT)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(Deed.DIE, Deed.FLUSH)));
    return Combinators.combine(
            deed,
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of("p", "q", "r:*", "s").set().ofMinSize(1))
        .as(Step::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(40);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void endsWithExactlyWhatIsWanted(@ForAll("steps") List<Step> steps) {
    Map<String, Set<String>> model = new HashMap<>();
    Map<String, DemandNode> nodes = new HashMap<>();
    try (RealRedis redis = RealRedis.running();
        DemandNode source = listening(redis)) {
      for (Step step : steps) {
        carryOut(step, redis, nodes);
        note(step, model);
      }
      Set<String> wanted = new TreeSet<>();
      model.values().forEach(wanted::addAll);
      Await.until(() -> source.heard().wanted().equals(List.copyOf(wanted)));
      nodes.values().forEach(DemandNode::close);
    }
  }

  private static DemandNode listening(RealRedis redis) {
    return DemandNode.listening("source", redis.settings(), DemandNode.FAST);
  }

  private static void carryOut(Step step, RealRedis redis, Map<String, DemandNode> nodes) {
    RedisSettings settings = redis.settings();
    DemandNode node =
        nodes.computeIfAbsent(step.node(), name -> new DemandNode(name, settings, DemandNode.FAST));
    String[] names = step.names().toArray(String[]::new);
    switch (step.deed()) {
      case WANT -> node.want(names);
      case RELEASE -> node.release(names);
      case DIE -> {
        nodes.remove(step.node());
        node.die();
      }
      case END -> {
        nodes.remove(step.node());
        node.close();
      }
      case FLUSH -> redis.ask("FLUSHALL");
      case CUT -> redis.ask("CLIENT KILL TYPE normal");
    }
  }

  private static void note(Step step, Map<String, Set<String>> model) {
    switch (step.deed()) {
      case WANT -> model.computeIfAbsent(step.node(), _ -> new TreeSet<>()).addAll(step.names());
      case RELEASE -> model.getOrDefault(step.node(), new TreeSet<>()).removeAll(step.names());
      case DIE, END -> model.remove(step.node());
      case FLUSH, CUT -> {}
    }
  }
}
