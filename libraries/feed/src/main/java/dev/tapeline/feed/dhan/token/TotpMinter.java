package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.TokenAnswer;
import dev.tapeline.feed.vendor.VendorLink;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new access token by PIN and one-time code. It waits two minutes between tokens, longer
 * and longer while each of them lasts less than an hour, as then another program makes tokens of
 * the account too. After a refused code it waits for the next one; after three refusals in a row,
 * or one of the PIN, for half an hour or until the secrets are others, as the vendor may lock the
 * account. Owned by the thread of its feed. Times are epoch ms.
 */
public final class TotpMinter {

  private static final long BETWEEN = 120_000;
  private static final long PAUSE = 1_800_000;
  private static final long SHORT_LIFE = 3_600_000;
  private static final long LOOK = 10_000;
  private static final int MAX_REFUSALS = 3;

  /** Room for the way to the vendor: a code that is about to end is not sent. */
  private static final long MARGIN = 3_000;

  private final DhanCalls calls;
  private final Secrets secrets;
  private final VendorLink link;
  private final TokenKeeper keeper;
  private @Nullable String problem;

  /** The PIN and the secret of the last attempt. */
  private @Nullable Sent attempt;

  private boolean forbidden;
  private boolean locked;
  private long next;
  private long look;
  private long sent;
  private long made;
  private long between = BETWEEN;
  private int refusals;

  private record Sent(String pin, String totp) {}

  /**
   * The secrets of minting, asked for at each use.
   *
   * @param pin gives the PIN of the account
   * @param totp gives the secret of the one-time codes in base 32
   */
  public record Secrets(Supplier<String> pin, Supplier<String> totp) {

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
      return "Secrets[***]";
    }
  }

  public TotpMinter(DhanCalls calls, Secrets secrets, VendorLink link, TokenKeeper keeper) {
    this.calls = calls;
    this.secrets = secrets;
    this.link = link;
    this.keeper = keeper;
  }

  /** Why there is no new token although one was to be made, for people; null if all is well. */
  @Nullable String problem() {
    return forbidden
        ? "this node does not hold the lease of the source, and others may make it"
        : problem;
  }

  /**
   * Asks for a token as soon as that is allowed; called while one is needed.
   *
   * @return whether it has asked now
   */
  public boolean mint(long now) {
    forbidden = !keeper.mayMake();
    if (forbidden) {
      return false;
    }
    boolean ending = Totp.WINDOW - now % Totp.WINDOW < MARGIN;
    if (ending || (now < next && (!locked || now < look))) {
      return false;
    }
    look = now + LOOK;
    try {
      Sent current = new Sent(secrets.pin().get(), secrets.totp().get());
      if (now < next && current.equals(attempt)) {
        return false;
      }
      return send(current, now);
    } catch (FeedException e) {
      next = now + LOOK;
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(problem)) {
        fail(reason);
      }
      return false;
    }
  }

  private boolean send(Sent current, long now) {
    String code = Totp.code(current.totp(), now);
    attempt = current;
    locked = false;
    next = now + between;
    sent = now;
    link.call(calls.mint(current.pin(), code));
    return true;
  }

  /**
   * Takes the answer.
   *
   * @return whether there is a new token
   */
  boolean onAnswer(DhanAnswer answer, long now) {
    return switch (answer) {
      case DhanAnswer.Success(var data) -> {
        TokenAnswer minted = TokenAnswer.read(data);
        if (minted == null) {
          refused("the answer has no token", now);
        } else {
          made(minted, now);
        }
        yield minted != null;
      }
      case DhanAnswer.NoData(String text) -> {
        refused(text, now);
        yield false;
      }
      case DhanAnswer.Failure failure -> {
        failed(failure, now);
        yield false;
      }
    };
  }

  private void made(TokenAnswer minted, long now) {
    refusals = 0;
    problem = null;
    boolean lasted = made == 0 || now - made > SHORT_LIFE;
    between = lasted ? BETWEEN : Math.min(2 * between, PAUSE);
    made = now;
    next = now + between;
    TokenKeeping.keep(keeper, minted, link);
  }

  private void failed(DhanAnswer.Failure failure, long now) {
    boolean early = failure.text().toLowerCase(Locale.ROOT).contains("minute");
    if (failure.kind() == DhanAnswer.Kind.RATE || early) {
      next = now + BETWEEN;
      fail("too early for another one: " + failure);
    } else {
      refused(failure.toString(), now);
    }
  }

  private void refused(String answer, long now) {
    refusals++;
    boolean pin = answer.toLowerCase(Locale.ROOT).contains("pin");
    locked = pin || refusals % MAX_REFUSALS == 0;
    long window = (sent / Totp.WINDOW + 1) * Totp.WINDOW;
    next = locked ? now + PAUSE : Math.max(window, now);
    fail(
        "%s; check %s"
            .formatted(
                withoutSecrets(answer),
                pin
                    ? "the PIN"
                    : "the secret of the one-time codes, and the clock of this machine"));
  }

  /** The vendor's words may repeat what it was sent. */
  private String withoutSecrets(String text) {
    Sent last = attempt;
    return last == null ? text : text.replace(last.pin(), "***").replace(last.totp(), "***");
  }

  private void fail(String reason) {
    problem = reason;
    link.fault("token", "no new token: " + reason);
  }
}
