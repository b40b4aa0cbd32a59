package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorFeedTest {

  private static final long START = 1_767_225_600_000L;

  private final AtomicLong time = new AtomicLong(START);
  private final List<String> listings = new CopyOnWriteArrayList<>();
  private final FeedRecorder recorder = new FeedRecorder();
  private final SimulatorFeed feed =
      SimulatorFeed.of(
          7, new SessionPlan(3000, 1000), () -> Instant.ofEpochMilli(time.get()), this::listed);

  private void listed(LocalDate date, List<Instrument> instruments) {
    listings.add("%s %d %d".formatted(date, instruments.size(), recorder.ticks().size()));
  }

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void saysWhenItOpensAndCloses() {
    feed.start(recorder, recorder);
    recorder.await(r -> !r.ticks().isEmpty());
    assertEquals(List.of(State.SIMULATED), recorder.states());
    time.set(START + 3500);
    recorder.await(r -> r.states().size() == 2);
    assertEquals(State.CLOSED, feed.status().state());
    time.set(START + 4200);
    recorder.await(r -> r.states().size() == 3);
    assertEquals(List.of(State.SIMULATED, State.CLOSED, State.SIMULATED), recorder.states());
    assertEquals(START + 4200, feed.status().since());
  }

  @Test
  void feedsWhatTheMarketMakes() {
    feed.start(recorder, recorder);
    time.set(START + 2500);
    List<Tick> expected =
        Steps.to(START + 2500, new SimulatedMarket(7, new SessionPlan(3000, 1000), START));
    recorder.await(r -> r.ticks().size() >= expected.size());
    assertEquals(expected, recorder.ticks());
  }

  /** A feed that is late tells the same story as one in time. */
  @Test
  void timeComesStepByStepBetweenTheTicks() {
    feed.start(recorder, recorder);
    time.set(START + 3500);
    recorder.await(r -> r.states().contains(State.CLOSED));
    List<String> told = recorder.story();
    long reached = 0;
    for (String each : told) {
      long millis = Long.parseLong(each.substring(each.indexOf(' ') + 1));
      if (each.startsWith("time ")) {
        assertTrue(reached == 0 || millis == reached + 50, each + " after " + reached);
        reached = millis;
      } else {
        assertEquals(reached, millis, each);
      }
    }
  }

  @Test
  void aLeapOfTheClockIsNotMadeUpFor() {
    feed.start(recorder, recorder);
    recorder.await(r -> !r.ticks().isEmpty());
    time.set(START + 40_000_000);
    recorder.await(
        r -> r.ticks().stream().anyMatch(tick -> tick.times().exchange() > START + 30_000_000));
    assertTrue(recorder.ticks().size() < 2000, recorder.ticks().size() + " ticks");
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    feed.start(recorder, recorder);
    time.set(START + 1000);
    int expected =
        Steps.to(START + 1000, new SimulatedMarket(7, new SessionPlan(3000, 1000), START)).size();
    recorder.await(r -> r.ticks().size() == expected);
    time.set(START - 3_600_000);
    recorder.await(r -> {
      time.addAndGet(10);
      return r.ticks().size() > expected + 50;
    });
    List<Tick> later = recorder.ticks().subList(expected, expected + 50);
    assertTrue(later.stream().allMatch(tick -> tick.times().exchange() < START), later.toString());
    FeedRecorder undisturbed = new FeedRecorder();
    Steps.to(START + 2900, new SimulatedMarket(7, new SessionPlan(3000, 1000), START))
        .forEach(undisturbed::onTick);
    List<Long> ids = recorder.tradeIds();
    assertEquals(undisturbed.tradeIds().subList(0, ids.size()), ids);
    assertEquals(List.of(State.SIMULATED), recorder.states());
  }

  /** Before the first ticks of each day. */
  @Test
  void tellsWhatIsListedOnEachDate() {
    feed.start(recorder, recorder);
    time.set(START + 3900);
    recorder.await(r -> r.states().size() == 2);
    int ticks = recorder.ticks().size();
    assertEquals(List.of("2026-01-01 777 0"), listings);
    time.set(START + 4200);
    recorder.await(r -> r.ticks().size() > ticks);
    assertEquals(2, listings.size());
    assertTrue(listings.getLast().startsWith("2026-01-02 "), listings.toString());
    assertTrue(listings.getLast().endsWith(" " + ticks), listings.toString());
  }

  @Test
  void aFailureOfAListenerIsTold() {
    feed.start(recorder, recorder.failing());
    recorder.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("failed: a study broke"), recorder.ends());
    assertEquals(State.DOWN, feed.status().state());
  }

  @Test
  void closedAfterItIsClosed() {
    feed.start(recorder, recorder);
    recorder.await(r -> !r.ticks().isEmpty());
    feed.close();
    assertEquals(State.CLOSED, recorder.states().getLast());
    assertEquals(List.of(), recorder.ends());
    assertEquals(State.CLOSED, feed.status().state());
  }
}
