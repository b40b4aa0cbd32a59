package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.TokenAnswer;
import dev.tapeline.feed.vendor.VendorLink;

/**
 * Renews the access token before it ends. A new token ends the former one and all its sockets, so
 * this is done outside of trading hours if the token lasts until then. Only tokens that a person
 * has made can be renewed. Owned by the thread of its feed.
 */
public final class TokenRenewal {

  private static final long EARLY = 12 * 3_600_000L;
  private static final long LATEST = 600_000;
  private static final long RETRY = 300_000;

  private final DhanCalls calls;
  private final TradingHours hours;
  private final VendorLink link;
  private final TokenSink sink;
  private long next;

  public TokenRenewal(DhanCalls calls, TradingHours hours, VendorLink link, TokenSink sink) {
    this.calls = calls;
    this.hours = hours;
    this.link = link;
    this.sink = sink;
  }

  /** Asks for a new token if it is time for one. */
  public void onTime(String token, long now) {
    if (now >= next && isDue(TokenClaims.of(token), now)) {
      next = now + RETRY;
      link.call(calls.renew());
    }
  }

  private boolean isDue(TokenClaims claims, long now) {
    long left = claims.ends() - now;
    boolean renewable = claims.ends() > 0 && left > 0 && claims.selfMade();
    return renewable && (left < LATEST || (left < EARLY && !hours.isOpen(now)));
  }

  public void onAnswer(DhanAnswer answer) {
    switch (answer) {
      case DhanAnswer.Success(var data) -> {
        TokenAnswer renewed = TokenAnswer.read(data);
        if (renewed == null) {
          link.fault("token", "the answer to a renewal has no token");
        } else {
          sink.onToken(renewed.token(), renewed.ends());
        }
      }
      case DhanAnswer.NoData(String text) -> link.fault("token", "no renewal: " + text);
      case DhanAnswer.Failure failure -> link.fault("token", "no renewal: " + failure);
    }
  }
}
