package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.TokenAnswer;
import dev.tapeline.feed.vendor.VendorLink;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the access token before it ends, and when it is not accepted. A new token ends the
 * former one and all its sockets, so this is done outside of trading hours if the token lasts until
 * then. A token that a person has made is renewed, if that is asked for; another one is made by PIN
 * and one-time code, if these are known. Owned by the thread of its feed. Times are epoch ms.
 */
public final class TokenUpkeep {

  private static final long EARLY = 12 * 3_600_000L;
  private static final long LATEST = 600_000;
  private static final long RETRY = 300_000;
  private static final long LOOK = 60_000;

  private final boolean renews;
  private final @Nullable TotpMinter minter;
  private final DhanCalls calls;
  private final TradingHours hours;
  private final VendorLink link;
  private final TokenKeeper keeper;
  private long look;

  /**
   * @param renews whether tokens that persons have made are renewed
   * @param minter makes tokens; null to make none
   */
  public TokenUpkeep(
      boolean renews,
      @Nullable TotpMinter minter,
      DhanCalls calls,
      TradingHours hours,
      VendorLink link,
      TokenKeeper keeper) {
    this.renews = renews;
    this.minter = minter;
    this.calls = calls;
    this.hours = hours;
    this.link = link;
    this.keeper = keeper;
  }

  /** Asks for a new token while the present one is not accepted, or there is none. */
  public void replaceRefused(long now) {
    if (minter != null) {
      minter.mint(now);
    }
  }

  /** Whether it is time to look whether the token is about to end. */
  public boolean isLookDue(long now) {
    return (renews || minter != null) && now >= look;
  }

  /** Asks for a new token if this one is about to end. */
  public void look(String token, long now) {
    look = now + LOOK;
    TokenClaims claims = TokenClaims.of(token);
    if (!isEnding(claims, now) || !keeper.mayMake()) {
      return;
    }
    if (renews && claims.selfMade()) {
      look = now + RETRY;
      link.call(calls.renew());
    } else if (minter != null && minter.mint(now)) {
      look = now + RETRY;
    }
  }

  private boolean isEnding(TokenClaims claims, long now) {
    long left = claims.ends() - now;
    return claims.ends() > 0 && left > 0 && (left < LATEST || (left < EARLY && !hours.isOpen(now)));
  }

  /**
   * Takes the answer to a renewal.
   *
   * @return whether there is a new token
   */
  public boolean onRenewed(DhanAnswer answer) {
    if (answer instanceof DhanAnswer.Success(var data)) {
      TokenAnswer renewed = TokenAnswer.read(data);
      if (renewed != null) {
        TokenKeeping.keep(keeper, renewed, link);
        return true;
      }
    }
    link.fault("token", "no renewal: " + reason(answer));
    return false;
  }

  private static String reason(DhanAnswer answer) {
    return switch (answer) {
      case DhanAnswer.Success _ -> "the answer has no token";
      case DhanAnswer.NoData(String text) -> text;
      case DhanAnswer.Failure failure -> failure.toString();
    };
  }

  /**
   * Takes the answer to the making of a token.
   *
   * @return whether there is a new token
   */
  public boolean onMinted(DhanAnswer answer, long now) {
    return minter != null && minter.onAnswer(answer, now);
  }

  /** Why there is no new token although one was to be made, for people; null if all is well. */
  public @Nullable String problem() {
    String why = minter == null ? null : minter.problem();
    return why == null ? null : "no new token: " + why;
  }

  /** What becomes of a token that is not accepted, for people; null if nothing is done here. */
  public @Nullable String outlook() {
    String problem = problem();
    return problem == null && minter != null
        ? "another one is made here as soon as Dhan allows it"
        : problem;
  }
}
