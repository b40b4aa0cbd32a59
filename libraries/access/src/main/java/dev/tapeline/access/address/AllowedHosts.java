package dev.tapeline.access.address;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host names that requests may be sent to. A page of another site can have its own name resolve
 * to an address of this server (DNS rebinding), and then counts as a page of this server for the
 * browser; the name in the {@code Host} header gives it away.
 */
public final class AllowedHosts {

  private final List<String> names;

  /**
   * @param names without ports, IPv6 addresses in brackets; none for any name
   */
  public AllowedHosts(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** Whether a request with this {@code Host} header is answered. */
  public boolean allow(@Nullable String host) {
    return names.isEmpty() || (host != null && isNamed(host.strip()));
  }

  private boolean isNamed(String host) {
    int colon = host.indexOf(':', host.indexOf(']') + 1);
    String name = colon < 0 ? host : host.substring(0, colon);
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
