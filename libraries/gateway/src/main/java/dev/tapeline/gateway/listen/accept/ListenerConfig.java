package dev.tapeline.gateway.listen.accept;

import dev.tapeline.tls.LiveCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway listens on, and the event loops that serve it.
 *
 * @param ports the ports; 0 takes a free one
 * @param bindHost the address that all ports listen on
 * @param lanes event loops that own connections; 0 for half the processors
 * @param tls the certificate of all ports; null for plain ones
 */
public record ListenerConfig(
    List<Integer> ports,
    String bindHost,
    Transport transport,
    int lanes,
    @Nullable LiveCertificate tls) {

  public static final ListenerConfig DEFAULT =
      new ListenerConfig(List.of(8080, 8889), "0.0.0.0", Transport.AUTO, 0, null);

  public ListenerConfig {
    ports = List.copyOf(ports);
  }

  /** The number of event loops. */
  public int loops() {
    return lanes > 0 ? lanes : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  public ListenerConfig withPorts(List<Integer> value) {
    return new ListenerConfig(value, bindHost, transport, lanes, tls);
  }

  public ListenerConfig withBindHost(String value) {
    return new ListenerConfig(ports, value, transport, lanes, tls);
  }

  public ListenerConfig withTransport(Transport value) {
    return new ListenerConfig(ports, bindHost, value, lanes, tls);
  }

  public ListenerConfig withLanes(int value) {
    return new ListenerConfig(ports, bindHost, transport, value, tls);
  }

  public ListenerConfig withTls(@Nullable LiveCertificate value) {
    return new ListenerConfig(ports, bindHost, transport, lanes, value);
  }
}
