package dev.tapeline.access.address;

import dev.tapeline.access.audit.Audit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out a client's address: the peer's own, or what trusted proxies say. May be used from any
 * thread.
 */
public final class ClientAddresses {

  private static final Logger log = LoggerFactory.getLogger(ClientAddresses.class);
  private static final int V6_NETWORK_BYTES = 8;
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final List<Network> trusted;
  private final AtomicBoolean warned;

  /**
   * @throws IllegalArgumentException naming the entry that is neither an address nor a network
   */
  public ClientAddresses(List<String> trustedProxies) {
    this(trustedProxies, false);
  }

  private ClientAddresses(List<String> trustedProxies, boolean quiet) {
    this.trusted = trustedProxies.stream().map(ClientAddresses::trusted).toList();
    this.warned = new AtomicBoolean(quiet);
  }

  /**
   * The same behind a gateway, which sees the same headers and warns of those that it can't read.
   */
  public static ClientAddresses behindGateway(List<String> trustedProxies) {
    return new ClientAddresses(trustedProxies, true);
  }

  private static Network trusted(String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("trusted-proxies: " + e.getMessage(), e);
    }
  }

  public boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * The nearest address in the chain of proxies that is not itself a trusted one.
   *
   * @param headers the values of all headers of a request with this name
   */
  public InetAddress of(InetAddress peer, Function<String, List<String>> headers) {
    if (!isTrusted(peer)) {
      return peer;
    }
    List<String> chain = ForwardedChain.of(headers);
    InetAddress nearest = peer;
    for (String hop : chain.reversed()) {
      InetAddress address = ForwardedChain.address(hop);
      if (address == null) {
        warnOnce(peer, hop);
        return nearest;
      }
      nearest = address;
      if (!isTrusted(address)) {
        return address;
      }
    }
    return nearest;
  }

  private void warnOnce(InetAddress proxy, String hop) {
    if (!warned.getAndSet(true)) {
      log.warn(
          "The trusted proxy {} names a client '{}', which is not an address: such clients count as"
              + " the proxy itself; have it send addresses in {} (said once)",
          proxy.getHostAddress(),
          Audit.printable(hop),
          ForwardedChain.FORWARDED_FOR);
    }
  }

  /**
   * What an address counts as where addresses have limits: itself, or for IPv6 its network of 64
   * bits, because the holder of one address there has the whole network (RFC 6177, section 2).
   */
  public static InetAddress network(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length <= V6_NETWORK_BYTES) {
      return address;
    }
    Arrays.fill(bytes, V6_NETWORK_BYTES, bytes.length, (byte) 0);
    return ofBytes(bytes);
  }

  /** The address that a text spells out in digits, without a look-up of names. */
  public static @Nullable InetAddress parse(String text) {
    int scope = text.indexOf('%');
    String digits = scope < 0 ? text : text.substring(0, scope);
    if (digits.indexOf(':') < 0 && !V4.matcher(digits).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(digits);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address has %d bytes".formatted(bytes.length), e);
    }
  }
}
