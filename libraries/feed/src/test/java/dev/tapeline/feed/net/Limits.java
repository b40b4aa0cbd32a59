package dev.tapeline.feed.net;

import java.time.Duration;

/** Settings of the network with other limits, for tests that reach them. */
final class Limits {

  private Limits() {}

  /** The same with other timeouts of sockets. */
  static NetSettings timeouts(NetSettings base, Duration connect, Duration close) {
    return of(base, connect, close, base.maxMessage(), base.maxBody());
  }

  /** The same with other sizes of a message and an answer. */
  static NetSettings sizes(NetSettings base, int message, int body) {
    return of(base, base.connectTimeout(), base.closeTimeout(), message, body);
  }

  private static NetSettings of(
      NetSettings base, Duration connect, Duration close, int message, int body) {
    return new NetSettings(
        connect,
        close,
        message,
        body,
        base.maxWaitingCalls(),
        base.inboxArrivals(),
        base.inboxBytes(),
        base.authorities());
  }

  /** The same with another inbox. */
  static NetSettings inbox(NetSettings base, int arrivals, long bytes) {
    return new NetSettings(
        base.connectTimeout(),
        base.closeTimeout(),
        base.maxMessage(),
        base.maxBody(),
        base.maxWaitingCalls(),
        arrivals,
        bytes,
        base.authorities());
  }
}
