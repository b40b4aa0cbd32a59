package dev.tapeline.gateway.protocol.exchange;

import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.protocol.CloseCode;
import dev.tapeline.gateway.protocol.CloseReason;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Json;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
import dev.tapeline.gateway.protocol.SourceStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Path {@code /}: a first message with a {@code method} makes the client an exchange's front end,
 * any other one a client of another protocol. Until then nothing is said.
 */
public final class ChosenByMessage implements Protocol {

  private final Protocol otherwise;

  public ChosenByMessage(Protocol otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public String name() {
    return "by first message";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/");
  }

  @Override
  public boolean authenticates() {
    return otherwise.authenticates();
  }

  @Override
  public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
    return new Undecided(session, opening, entitlement);
  }

  private static boolean hasMethod(String text) {
    try {
      return Json.mapper().readTree(text).has("method");
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Waits for the first message, then passes everything on. */
  private final class Undecided implements Conversation {

    private final Session session;
    private final Opening opening;
    private final Entitlement entitlement;
    private final Map<String, SourceStatus> statuses = new LinkedHashMap<>();
    private @Nullable Conversation chosen;
    private Consumer<CloseReason> closer = _ -> {};

    private Undecided(Session session, Opening opening, Entitlement entitlement) {
      this.session = session;
      this.opening = opening;
      this.entitlement = entitlement;
    }

    @Override
    public boolean onText(String text) {
      Conversation conversation = chosen;
      if (conversation == null) {
        conversation = choose(text);
        chosen = conversation;
        conversation.closeBy(closer);
        statuses.values().forEach(conversation::onStatus);
        statuses.clear();
      }
      return conversation.onText(text);
    }

    private Conversation choose(String text) {
      return hasMethod(text)
          ? new VerbConversation(session, entitlement, Dialect.FRONT_END)
          : otherwise.begin(session, opening, entitlement);
    }

    @Override
    public void onStatus(SourceStatus status) {
      if (chosen == null) {
        statuses.put(status.source(), status);
      } else {
        chosen.onStatus(status);
      }
    }

    @Override
    public void onRateExceeded(int ratePerSecond) {
      if (chosen != null) {
        chosen.onRateExceeded(ratePerSecond);
      }
    }

    @Override
    public void onReconnect(long afterMillis) {
      if (chosen != null) {
        chosen.onReconnect(afterMillis);
      }
    }

    @Override
    public void closeBy(Consumer<CloseReason> closer) {
      this.closer = closer;
    }

    @Override
    public CloseCode closeCode(CloseReason reason) {
      return chosen == null ? Conversation.super.closeCode(reason) : chosen.closeCode(reason);
    }
  }
}
