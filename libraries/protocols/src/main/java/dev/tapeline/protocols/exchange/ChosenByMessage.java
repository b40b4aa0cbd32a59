package dev.tapeline.protocols.exchange;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.CloseCode;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A protocol that the first message chooses: a JSON object with a {@code method} chooses the
 * exchange verbs, and any other JSON object the other protocol.
 */
public final class ChosenByMessage implements Protocol {

  private final String path;
  private final Dialect dialect;
  private final Protocol otherwise;
  private final boolean silent;

  /**
   * @param dialect the dialect of the exchange's clients
   * @param silent whether the server sends nothing before the first message; if not, it speaks the
   *     other protocol
   */
  private ChosenByMessage(String path, Dialect dialect, Protocol otherwise, boolean silent) {
    this.path = path;
    this.dialect = dialect;
    this.otherwise = otherwise;
    this.silent = silent;
  }

  /** Path {@code /}, where front ends take each message for data. */
  public static Protocol forFrontEnds(Protocol otherwise) {
    return new ChosenByMessage("/", Dialect.FRONT_END, otherwise, true);
  }

  /** Path {@code /ws}, where some of Binance's clients connect before they name their streams. */
  public static Protocol forBinance(Protocol otherwise) {
    return new ChosenByMessage("/ws", Dialect.RAW, otherwise, false);
  }

  @Override
  public String name() {
    return silent ? "by first message" : otherwise.name();
  }

  @Override
  public boolean serves(String asked) {
    return asked.equals(path);
  }

  @Override
  public boolean authenticates() {
    return otherwise.authenticates();
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new Undecided(context, opening);
  }

  /** Waits for the message that chooses, then passes everything on. */
  private final class Undecided implements Conversation {

    private final ConversationContext context;
    private Map<String, SourceStatus> statuses = Map.of();
    private Conversation conversation;
    private Optional<String> chosen = Optional.empty();

    private Undecided(ConversationContext context, Opening opening) {
      this.context = context;
      this.conversation = otherwise.newConversation(context, opening);
    }

    @Override
    public void begin(Opening opening) {
      conversation.begin(opening);
    }

    @Override
    public boolean onText(String text) {
      if (chosen.isEmpty()) {
        choose(text);
      }
      return conversation.onText(text);
    }

    private void choose(String text) {
      JsonNode message;
      try {
        message = Json.mapper().readTree(text);
      } catch (JacksonException e) {
        return; // the conversation reports it
      }
      if (message.has("method")) {
        conversation = new VerbConversation(context, dialect);
        chosen = Optional.of(dialect.protocol());
      } else if (message.isObject()) {
        chosen = Optional.of(otherwise.name());
      }
      if (chosen.isPresent()) {
        statuses.values().forEach(conversation::onStatus);
        statuses = Map.of(); // frees memory: there are many connections
      }
    }

    private boolean isSilent() {
      return silent && chosen.isEmpty();
    }

    @Override
    public void onStatus(SourceStatus status) {
      if (isSilent()) {
        statuses = statuses.isEmpty() ? new LinkedHashMap<>() : statuses;
        statuses.put(status.source(), status);
      } else {
        conversation.onStatus(status);
      }
    }

    @Override
    public void onRateExceeded(int ratePerSecond) {
      if (!isSilent()) {
        conversation.onRateExceeded(ratePerSecond);
      }
    }

    @Override
    public void onReconnect(long afterMillis) {
      if (!isSilent()) {
        conversation.onReconnect(afterMillis);
      }
    }

    @Override
    public void onTooManyMatches() {
      conversation.onTooManyMatches();
    }

    @Override
    public Optional<String> protocol() {
      return chosen;
    }

    @Override
    public CloseCode closeCode(CloseReason reason) {
      return conversation.closeCode(reason);
    }
  }
}
