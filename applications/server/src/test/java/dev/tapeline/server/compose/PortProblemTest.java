package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortProblemTest {

  /** An address of a network for documentation (RFC 5737), which no machine has. */
  private static final String ELSEWHERE = "192.0.2.1";

  @Test
  void anAddressThatIsNotOursNamesItsSetting() {
    PortProblem problem = PortProblem.find(ELSEWHERE, 0, "tapeline-api-port").orElseThrow();
    assertTrue(problem.what().contains(ELSEWHERE), problem.toString());
    assertTrue(problem.remedy().startsWith("set tapeline-bind-host to an"), problem.toString());
    assertFalse(problem.remedy().contains("stop the program"), problem.toString());
  }

  @Test
  void aPortThatIsTakenNamesItsSetting() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      PortProblem problem =
          PortProblem.find("127.0.0.1", taken.getLocalPort(), "redis-ws-gateway-port")
              .orElseThrow();
      assertTrue(
          problem.remedy().startsWith("stop the program that listens there"), problem.toString());
      assertTrue(problem.remedy().contains("redis-ws-gateway-port"), problem.toString());
    }
    assertEquals(Optional.empty(), PortProblem.find("127.0.0.1", 0, "tapeline-api-port"));
  }
}
