package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.Address;
import java.net.URI;

/** Makes the addresses of combined streams, which have one stream each; others are subscribed. */
record StreamAddress(URI host, boolean microseconds) {

  Address of(String stream) {
    String unit = microseconds ? "&timeUnit=MICROSECOND" : "";
    return Address.of(URI.create("%s/stream?streams=%s%s".formatted(host, encoded(stream), unit)));
  }

  /** A stream's name with the one character escaped that a symbol may have and a query may not. */
  private static String encoded(String stream) {
    return stream.replace("&", "%26");
  }
}
