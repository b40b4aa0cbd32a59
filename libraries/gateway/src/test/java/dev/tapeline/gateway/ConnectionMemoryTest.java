package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts the objects of this JVM")
class ConnectionMemoryTest {

  private static final int CLIENTS = 200;

  private final TestGateway gateway = new TestGateway(config -> config);

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void nothingOfTheRequestLivesAsLongAsTheConnection() throws JMException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(RawClient.upgraded(gateway.port, "/ws?token=", 0));
      }
      gateway.awaitClients(CLIENTS);
      assertTrue(live("dev.tapeline.gateway.client.Client") >= CLIENTS);
      assertLess("io.netty.handler.codec.DefaultHeaders$HeaderEntry", CLIENTS);
      assertLess("dev.tapeline.gateway.listen.open.ClientOpener", CLIENTS);
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  private static void assertLess(String type, int limit) throws JMException {
    int count = live(type);
    assertTrue(count < limit, count + " of " + type + " with " + CLIENTS + " clients");
  }

  /** How many live objects of a class there are, after a collection. */
  private static int live(String type) throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split(" +", -1))
        .filter(words -> words.length > 3 && words[3].equals(type))
        .map(words -> Integer.valueOf(words[1]))
        .findFirst()
        .orElse(0);
  }
}
