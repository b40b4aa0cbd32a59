package dev.tapeline.feed.vendor;

import java.net.URI;
import java.util.Map;

/**
 * Where to connect or to call. It may hold secrets in its query and its headers, which its text
 * leaves out.
 */
public record Address(URI uri, Map<String, String> headers) {

  public Address {
    headers = Map.copyOf(headers);
  }

  /** An address without headers. */
  public static Address of(URI uri) {
    return new Address(uri, Map.of());
  }

  /** Scheme, host and path alone. */
  @Override
  public String toString() {
    return "%s://%s%s".formatted(uri.getScheme(), uri.getAuthority(), uri.getPath());
  }

  /** Makes an address at the moment of use, as a token may have changed since. */
  @FunctionalInterface
  public interface Source {

    /**
     * The address for one connection or one call.
     *
     * @throws dev.tapeline.feed.FeedException if a token that it needs is missing
     */
    Address get();
  }
}
