package dev.tapeline.protocols.exchange;

import dev.tapeline.protocols.spi.Opening;
import java.util.List;
import java.util.stream.Stream;

/**
 * The paths of Binance's streams: {@code /ws/a/b} and {@code /stream?streams=a/b}. A part after
 * {@code /ws/} that is no stream name, such as a number, is ignored.
 */
final class StreamPath {

  private static final String RAW = "/ws/";
  private static final String COMBINED = "/stream";

  private StreamPath() {}

  static boolean isKnown(String path) {
    return path.startsWith(RAW) || path.equals(COMBINED);
  }

  static Dialect dialect(Opening opening) {
    return isCombined(opening) ? Dialect.COMBINED : Dialect.RAW;
  }

  private static boolean isCombined(Opening opening) {
    return opening.path().equals(COMBINED);
  }

  /** The streams that a request names. */
  static List<String> streams(Opening opening) {
    return isCombined(opening)
        ? listed(opening.query().getOrDefault("streams", List.of()))
        : named(opening.path());
  }

  private static List<String> listed(List<String> streams) {
    return streams.stream()
        .flatMap(all -> Stream.of(all.split("/", -1)))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static List<String> named(String path) {
    return Stream.of(path.substring(RAW.length()).split("/", -1))
        .filter(name -> name.contains("@") || name.contains(":"))
        .toList();
  }
}
