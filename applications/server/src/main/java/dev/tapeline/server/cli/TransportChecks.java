package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import dev.tapeline.gateway.listen.accept.Transport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The check of the gateway's transport, and of whether io_uring could be used. */
final class TransportChecks {

  private TransportChecks() {}

  static List<Finding> check(Transport wished) {
    return List.of(transport(wished), ioUring(Transport.IO_URING.unavailable().orElse(null)));
  }

  private static Finding transport(Transport wished) {
    return wished == Transport.AUTO
        ? automatic(wished.resolved(), Transport.EPOLL.unavailable().orElse(null))
        : chosen(wished, wished.unavailable().orElse(null));
  }

  /**
   * The finding about {@link Transport#AUTO}.
   *
   * @param withoutEpoll why epoll is not usable; null if it is
   */
  static Finding automatic(Transport taken, @Nullable String withoutEpoll) {
    String text = "auto selects " + word(taken);
    return withoutEpoll == null
        ? Finding.ok(
            "transport", text + ", the fastest in measurements; io_uring only if it is set")
        : Finding.warn(
            "transport",
            text + ", because epoll is not usable here: " + firstLine(withoutEpoll),
            "run on Linux with x86-64 or AArch64; " + word(taken) + " works, but is slower");
  }

  /**
   * The finding about a transport that is set.
   *
   * @param unavailable why it is not usable; null if it is
   */
  static Finding chosen(Transport wished, @Nullable String unavailable) {
    return unavailable == null
        ? Finding.ok("transport", word(wished) + ", as set")
        : Finding.fail(
            "transport",
            word(wished) + " is not usable here: " + firstLine(unavailable),
            "set tapeline-transport to auto, which selects " + word(Transport.AUTO.resolved()));
  }

  /**
   * The finding about io_uring.
   *
   * @param unavailable why it is not usable; null if it is
   */
  static Finding ioUring(@Nullable String unavailable) {
    return Finding.ok(
        "io_uring",
        unavailable == null
            ? "usable here, with tapeline-transport: io_uring"
            : "not usable here: " + firstLine(unavailable));
  }

  private static String word(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no reason given");
  }
}
