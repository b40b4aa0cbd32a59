package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.TokenAnswer;
import dev.tapeline.feed.vendor.VendorLink;
import java.util.function.Supplier;

/**
 * Makes a new access token by PIN and one-time code when the current one is not accepted. It waits
 * two minutes between tokens, and after a refusal for the next code; after three refusals in a row
 * it waits half an hour, as the vendor may lock the account. Owned by the thread of its feed.
 */
public final class TotpMinter {

  private static final long BETWEEN = 120_000;
  private static final long PAUSE = 1_800_000;
  private static final int MAX_REFUSALS = 3;

  /** Room for the way to the vendor: a code that is about to end is not sent. */
  private static final long MARGIN = 3_000;

  private final DhanCalls calls;
  private final Secrets secrets;
  private final VendorLink link;
  private final TokenSink sink;
  private long next;
  private long sent;
  private int refusals;

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

  public TotpMinter(DhanCalls calls, Secrets secrets, VendorLink link, TokenSink sink) {
    this.calls = calls;
    this.secrets = secrets;
    this.link = link;
    this.sink = sink;
  }

  /** Asks for a token as soon as that is allowed; called while there is none that is accepted. */
  public void mint(long now) {
    boolean ending = Totp.WINDOW - now % Totp.WINDOW < MARGIN;
    if (now < next || ending) {
      return;
    }
    next = now + BETWEEN;
    sent = now;
    try {
      link.call(calls.mint(secrets.pin().get(), Totp.code(secrets.totp().get(), now)));
    } catch (FeedException e) {
      link.fault("token", "no new token: " + e.getMessage());
    }
  }

  public void onAnswer(DhanAnswer answer, long now) {
    switch (answer) {
      case DhanAnswer.Success(var data) -> {
        TokenAnswer minted = TokenAnswer.read(data);
        if (minted == null) {
          refused("the answer has no token", now);
        } else {
          refusals = 0;
          sink.onToken(minted.token(), minted.ends());
        }
      }
      case DhanAnswer.NoData(String text) -> refused(text, now);
      case DhanAnswer.Failure failure when failure.kind() == DhanAnswer.Kind.RATE ->
          link.fault("token", "no new token yet: " + failure);
      case DhanAnswer.Failure failure -> refused(failure.toString(), now);
    }
  }

  private void refused(String reason, long now) {
    refusals++;
    long window = (sent / Totp.WINDOW + 1) * Totp.WINDOW;
    next = refusals % MAX_REFUSALS == 0 ? now + PAUSE : Math.max(window, now);
    link.fault("token", "no new token: " + reason);
  }
}
