package dev.tapeline.gateway.listen.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {

  private final ConnectionCounts counts =
      new ConnectionCounts(new ConnectionLimits(100, 2, 1_000, 1_000));

  private Optional<HttpRefusal> open(String address) {
    return counts.open(address(address));
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(ClientAddresses.parse(text));
  }

  @Test
  void eachAddressHasItsOwn() {
    for (String address : new String[] {"192.0.2.1", "192.0.2.2", "2001:db8:0:1::1"}) {
      assertEquals(Optional.empty(), open(address));
      assertEquals(Optional.empty(), open(address));
      assertEquals(Optional.of(HttpRefusal.TOO_MANY_FROM_ADDRESS), open(address));
    }
  }

  @Test
  void allOfAnIpv6NetworkCountAsOne() {
    assertEquals(Optional.empty(), open("2001:db8:0:1::1"));
    assertEquals(Optional.empty(), open("2001:db8:0:1:ffff:ffff:ffff:ffff"));
    assertEquals(Optional.of(HttpRefusal.TOO_MANY_FROM_ADDRESS), open("2001:db8:0:1::3"));
    assertEquals(Optional.empty(), open("2001:db8:0:2::1"));
    counts.close(address("2001:db8:0:1::1"));
    assertEquals(Optional.empty(), open("2001:db8:0:1::4"));
  }

  @Test
  void allOfAnIpv6NetworkHaveOnePace() {
    ConnectionCounts slow = new ConnectionCounts(new ConnectionLimits(1_000, 1_000, 1_000, 1));
    assertTrue(
        IntStream.range(0, 500)
            .mapToObj(i -> slow.open(address("2001:db8::" + Integer.toHexString(i))))
            .anyMatch(Optional.of(HttpRefusal.TOO_FAST_FROM_ADDRESS)::equals));
    assertTrue(slow.tooFast().sum() > 0);
  }

  @Test
  void anIpv4AddressInIpv6ClothesIsItself() {
    assertEquals(Optional.empty(), open("::ffff:192.0.2.1"));
    assertEquals(Optional.empty(), open("192.0.2.1"));
    assertEquals(Optional.of(HttpRefusal.TOO_MANY_FROM_ADDRESS), open("::ffff:192.0.2.1"));
    assertEquals(Optional.empty(), open("::ffff:192.0.2.2"));
  }
}
