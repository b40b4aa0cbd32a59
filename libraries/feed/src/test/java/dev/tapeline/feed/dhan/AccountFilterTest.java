package dev.tapeline.feed.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.vendor.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a recorder sees of an account. */
class AccountFilterTest {

  @Test
  void tokensAndOrdersAreKeptBack() {
    List<Arrival> seen = new ArrayList<>();
    AccountFilter filter = new AccountFilter(seen::add);
    byte[] bytes = {1};
    List<Arrival> others =
        List.of(
            new Arrival.Answer("quote 1", 200, bytes, 1),
            new Arrival.Frame("feed-1", false, bytes, 2),
            new Arrival.Opened("orders", 3));
    others.forEach(filter::onArrival);
    for (String call : List.of("mint", "renew", "profile")) {
      filter.onArrival(new Arrival.Answer(call, 200, bytes, 4));
    }
    filter.onArrival(new Arrival.Frame("orders", true, bytes, 5));
    assertEquals(others, seen);
  }
}
