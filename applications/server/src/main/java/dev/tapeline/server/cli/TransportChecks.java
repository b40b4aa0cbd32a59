package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import dev.tapeline.gateway.listen.accept.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The check of the gateway's transport, and of whether io_uring could be used. */
final class TransportChecks {

  private TransportChecks() {}

  static List<Finding> check(Transport wished) {
    return List.of(transport(wished), ioUring(Transport.IO_URING.unavailable()));
  }

  private static Finding transport(Transport wished) {
    return wished == Transport.AUTO
        ? automatic(wished.resolved(), Transport.EPOLL.unavailable())
        : chosen(wished, wished.unavailable());
  }

  static Finding automatic(Transport taken, Optional<String> withoutEpoll) {
    String text = "auto selects " + word(taken);
    return withoutEpoll
        .map(reason ->
            Finding.warn(
                "transport",
                text + ", because epoll is not usable here: " + firstLine(reason),
                "run on Linux with x86-64 or AArch64; " + word(taken) + " works, but is slower"))
        .orElseGet(() ->
            Finding.ok(
                "transport", text + ", the fastest in measurements; io_uring only if it is set"));
  }

  static Finding chosen(Transport wished, Optional<String> unavailable) {
    return unavailable
        .map(reason ->
            Finding.fail(
                "transport",
                word(wished) + " is not usable here: " + firstLine(reason),
                "set tapeline-transport to auto, which selects " + word(Transport.AUTO.resolved())))
        .orElseGet(() -> Finding.ok("transport", word(wished) + ", as set"));
  }

  static Finding ioUring(Optional<String> unavailable) {
    return Finding.ok(
        "io_uring",
        unavailable
            .map(reason -> "not usable here: " + firstLine(reason))
            .orElse("usable here, with tapeline-transport: io_uring"));
  }

  private static String word(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no reason given");
  }
}
