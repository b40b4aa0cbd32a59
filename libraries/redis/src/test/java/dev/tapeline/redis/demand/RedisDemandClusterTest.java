package dev.tapeline.redis.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealCluster;
import dev.tapeline.redis.RealRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many nodes on a real cluster, whose masters die. */
class RedisDemandClusterTest {

  private static final int NODES = 6;

  private final List<DemandNode> nodes = new ArrayList<>();
  private RealCluster cluster;

  @BeforeEach
  void start() {
    cluster = RealCluster.running();
  }

  @AfterEach
  void stop() {
    nodes.forEach(DemandNode::close);
    cluster.close();
  }

  @Test
  void wishesSpreadOverTheMastersAndOutliveThem() {
    DemandNode source = add(DemandNode.listening("source", cluster.settings(""), DemandNode.FAST));
    for (int i = 0; i < NODES; i++) {
      add(new DemandNode("n" + i, cluster.settings(""), DemandNode.FAST)).want("all", "c" + i);
    }
    List<String> expected = new ArrayList<>(List.of("all"));
    IntStream.range(0, NODES).forEach(i -> expected.add("c" + i));
    Await.until(() -> source.heard().wanted().equals(expected));
    RealRedis victim = cluster.masters().getFirst();
    victim.kill();
    nodes.get(1).want("d");
    nodes.get(2).release("c1");
    expected.remove("c1");
    expected.add("d");
    Await.until(() -> source.heard().wanted().equals(expected));
    Set<String> released =
        source.heard().events().stream()
            .filter(it -> it.startsWith("-"))
            .collect(Collectors.toSet());
    assertEquals(Set.of("-c1"), released);
    victim.start();
    cluster.awaitWhole();
  }

  private DemandNode add(DemandNode node) {
    nodes.add(node);
    return node;
  }
}
