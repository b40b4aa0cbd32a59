package dev.tapeline.protocols.exchange;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.util.List;
import java.util.stream.Stream;

/**
 * The protocol of Binance's streams: {@code /ws/a/b}, {@code /stream?streams=a/b}, and {@code
 * method} verbs on both. A part after {@code /ws/} that is no stream name, such as a number, is
 * ignored.
 */
public final class BinanceStyle implements Protocol {

  static final String NAME = "binance";

  private static final String RAW = "/ws/";
  private static final String COMBINED = "/stream";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(RAW) || path.equals(COMBINED);
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new VerbConversation(context, isCombined(opening) ? Dialect.COMBINED : Dialect.RAW);
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
