package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of the session under arrivals of any kind in any order. */
class RandomSessionsTest {

  private static final ChainKey CHAIN = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));
  private static final String[] SOCKETS = {"feed-1", "feed-2", "feed-3", "deep-1", "other"};
  private static final int[] CODES = {0, 800, 804, 805, 806, 807, 808, 9_999};
  private static final String[] CALLS = {
    "quote 1", "quote 2", "optionchain NIFTY:2026-12-08", "optionchain x", "profile", "renew", ""
  };
  private static final String[] BODIES = {
    "",
    "<html>",
    "[]",
    "{}",
    "{\"status\":\"success\",\"data\":{\"NSE_EQ\":{\"1333\":{\"last_price\":99}}}}",
    "{\"status\":\"success\",\"data\":{\"last_price\":0,\"oc\":{\"24000\":{\"ce\":{\"oi\":5}}}}}",
    "{\"status\":\"failed\",\"data\":{\"805\":\"Too many\"}}",
    "{\"errorCode\":\"DH-906\",\"errorMessage\":\"Invalid Token\"}",
    "{\"dataPlan\":\"Deactive\"}",
  };

  /** No arrival is an exception, and there are never more sockets than the account has. */
  @Property(tries = 100)
  void theAccountNeverHasMoreConnectionsThanItMay(@ForAll long seed) {
    Script script = Script.limited(3, 1);
    Set<String> sockets = new HashSet<>();
    for (Arrival arrival : arrivals(seed, 400)) {
      script.now = arrival.received();
      script.arrive(arrival);
      for (String line : script.took()) {
        String[] words = line.split(" ");
        if (words[0].equals("open")) {
          sockets.add(words[1]);
        } else if (words[0].equals("close")) {
          sockets.remove(words[1]);
        }
      }
      assertTrue(sockets.size() <= 3, sockets::toString);
    }
  }

  /** A recording has no times between its arrivals, and gives the same ticks. */
  @Property(tries = 100)
  void timeThatPassesMakesNoTick(@ForAll long seed) {
    Script day = Script.limited(3, 2);
    Script replay = Script.limited(3, 2);
    replay.token = null; // a replay has no account
    for (Arrival arrival : arrivals(seed, 400)) {
      day.now = arrival.received();
      day.arrive(arrival);
      if (!(arrival instanceof Arrival.Time)) {
        replay.arrive(arrival);
      }
    }
    assertEquals(day.told(), replay.told());
  }

  private static List<Arrival> arrivals(long seed, int count) {
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    long now = Dhan.TEN;
    for (int i = 0; i < count; i++) {
      now += random.nextInt(20) == 0 ? 20_000 : 100;
      arrivals.add(arrival(random, i, now));
    }
    return arrivals;
  }

  private static Arrival arrival(Random random, int i, long now) {
    String socket = SOCKETS[random.nextInt(SOCKETS.length)];
    return switch (i == 0 ? 0 : random.nextInt(12)) {
      case 0 -> new Arrival.Watch(watchlist(random), now);
      case 1, 2, 3 -> new Arrival.Time(now);
      case 4 -> new Arrival.Opened(socket, now);
      case 5 -> new Arrival.Pinged(socket, now);
      case 6 -> new Arrival.Ended(socket, end(random), now);
      case 7 ->
          new Arrival.Answer(
              CALLS[random.nextInt(CALLS.length)],
              random.nextBoolean() ? 200 : 400,
              BODIES[random.nextInt(BODIES.length)].getBytes(StandardCharsets.UTF_8),
              now);
      case 8 -> new Arrival.Unanswered(CALLS[random.nextInt(CALLS.length)], "timeout", now);
      default -> new Arrival.Frame(socket, random.nextInt(20) == 0, frame(random, i), now);
    };
  }

  private static Watchlist watchlist(Random random) {
    Map<Instrument, Detail> instruments = new HashMap<>();
    for (Instrument instrument : List.of(HDFCBANK, NIFTY, OPTION, Dhan.share(1), Dhan.share(2))) {
      if (random.nextInt(3) > 0) {
        instruments.put(instrument, Detail.values()[random.nextInt(3)]);
      }
    }
    return new Watchlist(instruments, random.nextBoolean() ? Set.of(CHAIN) : Set.of());
  }

  private static SocketEnd end(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new SocketEnd.Closed(1006, "");
      case 1 -> new SocketEnd.Refused(429, "");
      case 2 -> new SocketEnd.Refused(503, "");
      default -> new SocketEnd.Broken("reset");
    };
  }

  private static byte[] frame(Random random, int i) {
    String price = Integer.toString(100 + random.nextInt(5));
    return switch (random.nextInt(8)) {
      case 0 -> Dhan.disconnect(CODES[random.nextInt(CODES.length)]);
      case 1, 2 -> Dhan.index(13, price, TEN_SENT + i);
      case 3, 4 -> Dhan.quote(1333, price, 5, TEN_SENT + i, 1_000 + i);
      case 5, 6 -> Dhan.ticker(1 + random.nextInt(2), price, TEN_SENT + i);
      default -> new byte[random.nextInt(20)];
    };
  }
}
