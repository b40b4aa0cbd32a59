package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import java.util.Set;

/**
 * Keeps what belongs to the account from a tap, such as a recorder: new tokens, the profile, and
 * orders. No tick depends on these. Called on the thread of the feed.
 *
 * @param tap sees all other arrivals
 */
public record AccountFilter(ArrivalTap tap) implements ArrivalTap {

  private static final Set<String> PRIVATE =
      Set.of(DhanCalls.MINT, DhanCalls.RENEW, DhanCalls.PROFILE);

  @Override
  public void onArrival(Arrival arrival) {
    if (!isPrivate(arrival)) {
      tap.onArrival(arrival);
    }
  }

  private static boolean isPrivate(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Answer answer -> PRIVATE.contains(DhanCalls.kindOf(answer.call()));
      case Arrival.Frame frame -> frame.socket().equals(OrderSocket.NAME);
      case Arrival.Watch _,
          Arrival.Time _,
          Arrival.Opened _,
          Arrival.Pinged _,
          Arrival.Ended _,
          Arrival.Unanswered _ ->
          false;
    };
  }

  @Override
  public void onConversation(long time) {
    tap.onConversation(time);
  }
}
