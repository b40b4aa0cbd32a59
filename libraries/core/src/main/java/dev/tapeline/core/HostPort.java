package dev.tapeline.core;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port of a URL. Names may have underscores, as those of containers do, which {@link
 * URI} takes for no host.
 *
 * @param host a name or an address, without brackets
 * @param port -1 where the URL names none
 */
public record HostPort(String host, int port) {

  private static final Pattern PLACE =
      Pattern.compile("(?:.*@)?(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::([0-9]{0,9}))?");

  /** The host and port of the URL; empty if it names no host, or no port where one should be. */
  public static Optional<HostPort> of(URI url) {
    String authority = url.getRawAuthority();
    Matcher matcher = PLACE.matcher(authority == null ? "" : authority);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String port = matcher.group(3);
    return Optional.of(
        new HostPort(host, port == null || port.isEmpty() ? -1 : Integer.parseInt(port)));
  }
}
