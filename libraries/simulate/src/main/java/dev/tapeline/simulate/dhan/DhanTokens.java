package dev.tapeline.simulate.dhan;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the account: one is valid, a new one ends the others. Owned by the server's loop.
 */
final class DhanTokens {

  private static final int MAX_REPLACED = 100;

  private final DhanAccount account;
  private final InstantSource clock;
  private final Deque<String> replaced = new ArrayDeque<>();
  private String valid;
  private long end;
  private int minted;

  DhanTokens(DhanAccount account, InstantSource clock) {
    this.account = account;
    this.clock = clock;
    this.valid = account.token();
    this.end = clock.millis() + account.tokenLife().toMillis();
  }

  /** What is wrong with credentials, with the code that sockets end by. */
  enum Verdict {
    GOOD(0, ""),
    EXPIRED(807, "Access token is expired"),
    FAILED(808, "Authentication failed"),
    INVALID(809, "Access token is invalid"),
    WRONG_CLIENT(810, "Client ID is invalid");

    private final int code;
    private final String text;

    Verdict(int code, String text) {
      this.code = code;
      this.text = text;
    }

    int code() {
      return code;
    }

    String text() {
      return text;
    }
  }

  Verdict check(@Nullable String clientId, @Nullable String token) {
    if (clientId == null || token == null || token.isEmpty()) {
      return Verdict.FAILED;
    }
    if (!clientId.equals(account.clientId())) {
      return Verdict.WRONG_CLIENT;
    }
    if (replaced.contains(token) || (token.equals(valid) && clock.millis() >= end)) {
      return Verdict.EXPIRED;
    }
    return token.equals(valid) ? Verdict.GOOD : Verdict.INVALID;
  }

  /** Makes a new token of a kind, {@code APP} or {@code SELF}; the others end. */
  String mint(String kind) {
    long until = clock.millis() + account.tokenLife().toMillis();
    String claims =
        "{\"iss\":\"dhan\",\"exp\":%d,\"tokenConsumerType\":\"%s\",\"dhanClientId\":\"%s\"}"
            .formatted(until / 1000, kind, account.clientId());
    minted++;
    replace(
        "%s.%s.%s"
            .formatted(
                part("{\"typ\":\"JWT\",\"alg\":\"HS512\"}"),
                part(claims),
                part("simulated signature %04d".formatted(minted).toLowerCase(Locale.ROOT))));
    end = until;
    return valid;
  }

  private void replace(String token) {
    if (replaced.size() == MAX_REPLACED) {
      replaced.removeFirst();
    }
    replaced.addLast(valid);
    valid = token;
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the valid token. */
  void expire() {
    end = Math.min(end, clock.millis());
  }

  /** When the valid token ends, epoch ms. */
  long end() {
    return end;
  }
}
