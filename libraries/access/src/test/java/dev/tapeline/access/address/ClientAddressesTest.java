package dev.tapeline.access.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Isolated("it reads the log of all gateways in this JVM")
class ClientAddressesTest {

  private static final InetAddress PROXY =
      Objects.requireNonNull(ClientAddresses.parse("10.0.0.1"));

  private final ClientAddresses addresses = new ClientAddresses(List.of("10.0.0.0/8"));

  private String client(String header, String... values) {
    Map<String, List<String>> headers = Map.of(header, List.of(values));
    return addresses.of(PROXY, name -> headers.getOrDefault(name, List.of())).getHostAddress();
  }

  /** The forms that Azure, load balancers, users of rack and followers of RFC 7239 write. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "203.0.113.7                        | 203.0.113.7",
        "203.0.113.7:51234                  | 203.0.113.7",
        "[2001:db8::7]:443                  | 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]                      | 2001:db8:0:0:0:0:0:7",
        "2001:db8::7                        | 2001:db8:0:0:0:0:0:7",
        "\"203.0.113.7\"                    | 203.0.113.7",
        "\"[2001:db8::7]:443\"              | 2001:db8:0:0:0:0:0:7",
        "203.0.113.7,                       | 203.0.113.7",
        "203.0.113.7, , 10.2.3.4:80 ,,      | 203.0.113.7",
        "6.6.6.6, 203.0.113.7:1, 10.2.3.4   | 203.0.113.7",
        "10.9.9.9, 10.2.3.4                 | 10.9.9.9",
        "203.0.113.7, unknown               | 10.0.0.1",
        "203.0.113.7, nonsense, 10.2.3.4    | 10.2.3.4",
        "203.0.113.7:port                   | 10.0.0.1",
        "[203.0.113.7                       | 10.0.0.1",
        "','                                | 10.0.0.1",
      })
  void addressesOfForwardedFor(String header, String client) {
    assertEquals(client, client("X-Forwarded-For", header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=203.0.113.7                                        | 203.0.113.7",
        "For=\"203.0.113.7:4711\";proto=https                   | 203.0.113.7",
        "proto=http;for=\"[2001:db8::7]:4711\";by=10.0.0.1      | 2001:db8:0:0:0:0:0:7",
        "for=6.6.6.6, for=203.0.113.7;by=\"a,b;for=1.1.1.1\", for=10.2.3.4 | 203.0.113.7",
        "for=203.0.113.7, for=_hidden                           | 10.0.0.1",
        "by=10.0.0.1                                            | 10.0.0.1",
      })
  void addressesOfForwarded(String header, String client) {
    assertEquals(client, client("Forwarded", header));
  }

  /** A client's text stands in front of the proxies' text, and can't hide it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "X-Forwarded-For | \", 203.0.113.7",
        "X-Forwarded-For | \", 203.0.113.7, \"10.2.3.4\"",
        "Forwarded       | for=\", for=203.0.113.7",
        "Forwarded       | for=\"a\\\", for=\"203.0.113.7:1\"",
        "Forwarded       | for=\"\\\", for=203.0.113.7",
        "Forwarded       | \";, for=203.0.113.7;proto=https",
      })
  void aClientCannotHideBehindAQuote(String header, String value) {
    assertEquals("203.0.113.7", client(header, value));
  }

  @Test
  void headersThatRepeatAreOneList() {
    assertEquals("203.0.113.7", client("X-Forwarded-For", "6.6.6.6", "203.0.113.7", "10.2.3.4"));
  }

  /** Most proxies pass on a header that they do not write. */
  @Test
  void forwardedCountsOnlyWithoutForwardedFor() {
    Map<String, List<String>> both =
        Map.of("Forwarded", List.of("for=6.6.6.6"), "X-Forwarded-For", List.of("203.0.113.7"));
    InetAddress client = addresses.of(PROXY, name -> both.getOrDefault(name, List.of()));
    assertEquals("203.0.113.7", client.getHostAddress());
  }

  @Test
  void whatCannotBeReadIsWarnedOfOnce() {
    Logger log = (Logger) LoggerFactory.getLogger(ClientAddresses.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    try {
      client("X-Forwarded-For", "203.0.113.7");
      client("X-Forwarded-For", "un\u0001known");
      client("X-Forwarded-For", "other");
    } finally {
      log.detachAppender(lines);
    }
    assertEquals(1, lines.list.size(), lines.list::toString);
    String text = lines.list.getFirst().getFormattedMessage();
    assertTrue(text.contains("10.0.0.1") && text.contains("'un?known'"), text);
  }
}
