package dev.tapeline.redis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.redis.topology.MisplacedException;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClusterTopologyTest {

  @Test
  void aNodeThatReachesAMajorityOfTheMastersIsSound() {
    assertNull(judge(nodes("myself,master", "master", "master")));
    assertNull(judge(nodes("myself,master", "master", "master,fail")));
    assertNull(
        judge(nodes("master", "master,fail?", "master") + "d4 h:4@5 myself,master - 0 0 1 x"));
    assertNull(judge("a1 :1@2 myself,master - 0 0 0 connected\n"));
  }

  @Test
  void aNodeThatIsCutOffIsNot() {
    Throwable problem = judge(nodes("myself,master", "master,fail?", "master,fail"));
    assertInstanceOf(MisplacedException.class, problem);
    assertEquals("the node reaches only 1 of 3 masters", problem.getMessage());
  }

  @Test
  void aNodeThatBecameAReplicaIsNot() {
    Throwable problem =
        judge(nodes("master", "master", "master") + "d4 h:4@5 myself,slave a1 0 0 1 connected");
    assertInstanceOf(MisplacedException.class, problem);
    assertEquals("the node has become a replica", problem.getMessage());
  }

  @Test
  void whatIsNoListOfNodesIsSaid() {
    assertInstanceOf(RedisException.class, judge("what"));
  }

  private static Throwable judge(String text) {
    return ClusterTopology.judge(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String nodes(String first, String second, String third) {
    return """
    a1 127.0.0.1:1@11 %s - 0 0 1 connected 0-5460
    b2 127.0.0.1:2@12 %s - 0 1700000000000 2 connected 5461-10922
    c3 127.0.0.1:3@13 %s - 0 1700000000000 3 connected 10923-16383
    """
        .formatted(first, second, third);
  }
}
