package dev.tapeline.feed.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SilentLink;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds whatever an exchange and a network do. */
class DeribitReplayTest {

  private static final int STEPS = 1500;

  /** Builds the book of the ticks that have come. */
  private static final class Follower {
    private final OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    private int seen;
    private int gaps;
    private int compared;

    void follow(RandomDeribit exchange) {
      List<Tick> ticks = exchange.talk.ticks.ticks();
      for (; seen < ticks.size(); seen++) {
        if (ticks.get(seen) instanceof Tick.Depth depth) {
          OrderBook.Outcome outcome = book.apply(depth);
          gaps += outcome == OrderBook.Outcome.GAP ? 1 : 0;
          assertTrue(
              outcome != OrderBook.Outcome.WAITING && outcome != OrderBook.Outcome.STALE,
              () -> outcome + " of " + depth);
          compare(exchange);
        }
      }
    }

    private void compare(RandomDeribit exchange) {
      if (!book.isWhole()) {
        assertEquals(List.of(), book.bids(100));
        return;
      }
      Map<BigDecimal, BigDecimal> shown = new LinkedHashMap<>();
      for (Level level : book.bids(100)) {
        shown.put(level.price(), level.quantity());
      }
      assertEquals(exchange.history.get(book.lastId()), RandomDeribit.text(shown));
      compared++;
    }
  }

  @Property(tries = 40)
  void noWrongBookIsShown(@ForAll long seed) {
    RandomDeribit exchange = new RandomDeribit(seed);
    Follower follower = new Follower();
    for (int i = 0; i < STEPS; i++) {
      exchange.step();
      follower.follow(exchange);
    }
    assertTrue(follower.compared > 20, () -> "compared only " + follower.compared);
    assertTrue(follower.gaps > 0, "nothing was lost");
    exchange.becomeReliable();
    for (int i = 0; i < STEPS; i++) {
      exchange.step();
      follower.follow(exchange);
    }
    assertTrue(follower.book.isWhole(), "still void when nothing is lost any more");
  }

  @Property(tries = 20)
  void theSameArrivalsGiveTheSameTicks(@ForAll long seed) {
    RandomDeribit exchange = new RandomDeribit(seed);
    for (int i = 0; i < STEPS; i++) {
      exchange.step();
    }
    List<Arrival> arrivals = exchange.talk.arrivals;
    List<String> ticks = texts(exchange.talk.ticks);
    assertTrue(ticks.size() > 100, () -> "only " + ticks.size());
    assertEquals(ticks, replayed(arrivals));
    List<Arrival> withoutTime =
        arrivals.stream().filter(arrival -> !(arrival instanceof Arrival.Time)).toList();
    assertEquals(ticks, replayed(withoutTime), "without the arrivals of time");
  }

  private static List<String> replayed(List<Arrival> arrivals) {
    TickBuffer ticks = new TickBuffer();
    DeribitSession session =
        new DeribitSession(
            DeribitTalk.options(DeribitOptions.Streams.DEFAULT),
            new SilentLink((_, _) -> {}),
            _ -> {});
    arrivals.forEach(arrival -> session.onArrival(arrival, ticks));
    return texts(ticks);
  }

  private static List<String> texts(TickBuffer ticks) {
    return ticks.ticks().stream().map(Tick::toString).toList();
  }

  /** Frames of a good conversation with some bytes changed, and cut. */
  @Property(tries = 30)
  void damagedMessagesEndNothing(@ForAll long seed) {
    Random random = new Random(seed);
    RandomDeribit exchange = new RandomDeribit(seed);
    for (int i = 0; i < 300; i++) {
      exchange.step();
    }
    DeribitTalk talk = exchange.talk;
    DeribitDecoder decoder = new DeribitDecoder(DeribitInstruments::named);
    for (Arrival arrival : List.copyOf(talk.arrivals)) {
      switch (arrival) {
        case Arrival.Frame(String socket, boolean text, byte[] payload, long received) -> {
          byte[] damaged = damage(payload, random);
          talk.arrive(new Arrival.Frame(socket, text, damaged, received));
          check(decoder, damaged);
        }
        case Arrival.Answer(String call, int status, byte[] body, long received) ->
            talk.arrive(new Arrival.Answer(call, status, damage(body, random), received));
        default -> {}
      }
    }
    talk.story();
    talk.index("btc_usd", "77777");
    List<String> story = talk.story(); // trades may have been held until now
    assertEquals(1, story.stream().filter("BTC_USD 77777"::equals).count(), story::toString);
  }

  private static byte[] damage(byte[] payload, Random random) {
    byte[] damaged = payload.clone();
    for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    int length = random.nextInt(3) == 0 ? random.nextInt(damaged.length + 1) : damaged.length;
    return Arrays.copyOf(damaged, length);
  }

  /** A frame that is not read has passed nothing on, and one that is has an end. */
  private static void check(DeribitDecoder decoder, byte[] frame) {
    int[] counts = new int[2];
    Decoded decoded =
        decoder.decode(
            frame,
            0,
            frame.length,
            1,
            new TickListener() {
              @Override
              public void onTick(Tick tick) {
                counts[0]++;
              }

              @Override
              public void onTime(long millis) {}

              @Override
              public void onFrameEnd() {
                counts[1]++;
              }

              @Override
              public void onBatchEnd() {}
            });
    assertEquals(decoded instanceof Decoded.Read ? 1 : 0, counts[1]);
    assertEquals(decoded instanceof Decoded.Read, counts[0] > 0);
  }
}
