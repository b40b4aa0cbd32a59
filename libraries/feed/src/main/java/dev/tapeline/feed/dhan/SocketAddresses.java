package dev.tapeline.feed.dhan;

import dev.tapeline.feed.vendor.Address;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The addresses of sockets, with the token of the moment in their query. */
record SocketAddresses(DhanOptions options) {

  Address feed() {
    return withToken(options.sockets().feed(), "version=2&");
  }

  Address deepBooks() {
    DhanOptions.Sockets sockets = options.sockets();
    boolean twenty = options.deepBooks().levels() == 20;
    return withToken(twenty ? sockets.depth20() : sockets.depth200(), "");
  }

  /** The socket of orders, which takes the token in a message. */
  Address orders() {
    return Address.of(options.sockets().orders());
  }

  private Address withToken(URI uri, String version) {
    return Address.of(
        URI.create(
            "%s%s%stoken=%s&clientId=%s&authType=2"
                .formatted(
                    uri,
                    uri.getQuery() == null ? "?" : "&",
                    version,
                    encoded(options.account().accessToken().get()),
                    encoded(options.account().clientId().get()))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
