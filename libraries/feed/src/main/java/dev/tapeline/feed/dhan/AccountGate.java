package dev.tapeline.feed.dhan;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.dhan.rest.Profile;
import dev.tapeline.feed.vendor.VendorLink;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the vendor accepts the account and its token. While it does not, nothing is asked of the
 * vendor until the token is another one, or five minutes have passed. Owned by the thread of its
 * feed. Times are epoch ms.
 */
final class AccountGate {

  private static final long RETRY = 300_000;
  private static final long LOOK = 2_000;
  private static final long BETWEEN_PROFILES = 60_000;

  /** How long the vendor may still refuse the former token after there is a new one. */
  private static final long OUTDATED = 10_000;

  private final Supplier<String> token;
  private final DhanCalls calls;
  private final VendorLink link;

  private @Nullable String reason;
  private @Nullable String refused;
  private boolean tokenIsCause;
  private boolean outdated;
  private long renewed = -OUTDATED;
  private long retry;
  private long look;
  private long profile;

  AccountGate(Supplier<String> token, DhanCalls calls, VendorLink link) {
    this.token = token;
    this.calls = calls;
    this.link = link;
  }

  /** What people have to do; null while the account is accepted. */
  @Nullable String reason() {
    return reason;
  }

  boolean isShut() {
    return reason != null;
  }

  /** Whether another token may help. */
  boolean needsToken() {
    return reason != null && tokenIsCause && !outdated;
  }

  /** Takes note of a new token: refusals soon after it are those of the former one. */
  void renewed(long now) {
    renewed = now;
    look = now;
  }

  /** The token of now; null if there is none, and then the gate is shut. */
  @Nullable String token(long now) {
    try {
      return token.get();
    } catch (FeedException e) {
      shutForToken(String.valueOf(e.getMessage()), now);
      return null;
    }
  }

  /** Takes note that the vendor does not accept the token. */
  void shutForToken(String why, long now) {
    shut(why, true, now);
  }

  /** Takes note that the vendor does not accept the account. */
  void shutForAccount(String why, long now) {
    shut(why, false, now);
  }

  private void shut(String why, boolean token, long now) {
    reason = "auth: " + why;
    tokenIsCause = token;
    outdated = token && now - renewed < OUTDATED;
    refused = outdated ? null : current();
    retry = now + RETRY;
    look = now + LOOK;
  }

  private @Nullable String current() {
    try {
      return token.get();
    } catch (FeedException _) {
      return null; // there is none
    }
  }

  /**
   * Opens the gate if it is time to try again.
   *
   * @return whether it has been opened now
   */
  boolean tryAgain(long now) {
    if (reason == null || now < look) {
      return false;
    }
    look = now + LOOK;
    String current = current();
    boolean another = current != null && !current.equals(refused);
    if (!another && now < retry) {
      return false;
    }
    reason = null;
    return true;
  }

  /** Asks what the account may do, as failures may come of that; at most once a minute. */
  void suspect(long now) {
    if (now >= profile) {
      profile = now + BETWEEN_PROFILES;
      link.call(calls.profile());
    }
  }

  /** Takes the answer about what the account may do. */
  void onProfile(DhanAnswer answer, long now) {
    switch (answer) {
      case DhanAnswer.Success(var data) -> {
        String problem = Profile.read(data).problem(now);
        if (problem != null) {
          shut(problem, problem.contains("token"), now);
        }
      }
      case DhanAnswer.NoData _ -> {}
      case DhanAnswer.Failure failure -> onFailure(failure, now);
    }
  }

  /** Shuts the gate if the failure of a call says that the account is not accepted. */
  void onFailure(DhanAnswer.Failure failure, long now) {
    switch (failure.kind()) {
      case AUTH ->
          shutForToken(
              "the vendor refuses the access token (%s): make a new one".formatted(failure), now);
      case PLAN ->
          shutForAccount(
              "the account may not use market data (%s): subscribe to Dhan's Data APIs"
                  .formatted(failure),
              now);
      case RATE, INPUT, VENDOR, NOT_JSON, REFUSED -> {}
    }
  }
}
