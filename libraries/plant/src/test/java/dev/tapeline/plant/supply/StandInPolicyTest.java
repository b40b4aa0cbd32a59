package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.supply.StandInPolicy.Run;
import dev.tapeline.plant.supply.StandInPolicy.Step;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandInPolicyTest {

  private static final Run NONE = new Run(false, false, false, false);
  private static final Run PAUSED = new Run(false, false, false, true);
  private static final Run WITHOUT_LEASE = new Run(true, false, false, false);
  private static final Run LEASE_RAN_OUT = new Run(true, true, false, false);
  private static final Run HELD = new Run(true, true, true, false);

  private static final long TIME_TO_LIVE = Supply.TIME_TO_LIVE.toNanos();
  private static final long GRACE = Duration.ofMillis(1_500).toNanos();

  private final EmbeddedBus embedded = new EmbeddedBus(10);
  private final TestPlantBus bus =
      new TestPlantBus(embedded, new EmbeddedCache(10, () -> 0), new EmbeddedLeases(() -> 0), true);
  private final AsideVotes votes = new AsideVotes(bus, 1);
  private final Vacancy vacancy = new Vacancy();
  private final StandInPolicy policy = policy("test");

  private StandInPolicy policy(String source) {
    SourceSpec spec = new SourceSpec(source, FeedStatus.State.LIVE, () -> {}, TestFeed::new);
    return new StandInPolicy(spec, bus, votes, vacancy, 0);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void aRunBeginsAloneOnceRedisIsAwayForLong() {
    bus.up = false;
    assertEquals(Step.NOTHING, policy.next(NONE, TIME_TO_LIVE));
    assertEquals(Step.NOTHING, policy.next(PAUSED, TIME_TO_LIVE + 1));
    assertEquals(Step.BEGIN_ALONE, policy.next(NONE, TIME_TO_LIVE + 1));
    bus.up = true;
    assertEquals(Step.NOTHING, policy.next(NONE, TIME_TO_LIVE + 2));
    bus.up = false;
    assertEquals(Step.NOTHING, policy.next(NONE, TIME_TO_LIVE + 3)); // away anew
  }

  @Test
  void aRunGoesOnAloneAndWaitsForTheLeaseWhenRedisIsBack() {
    bus.up = false;
    assertEquals(Step.GO_ON_ALONE, policy.next(WITHOUT_LEASE, 10));
    bus.up = true;
    assertEquals(Step.WAIT_FOR_LEASE, policy.next(WITHOUT_LEASE, 10 + GRACE));
    assertEquals(Step.STOP, policy.next(WITHOUT_LEASE, 11 + GRACE));
  }

  @Test
  void aRunWhoseLeaseAnotherNodeHasEndsAtOnce() {
    vacancy.filledBy("other");
    bus.up = false;
    assertEquals(Step.GO_ON_ALONE, policy.next(WITHOUT_LEASE, 1));
    bus.up = true;
    assertEquals(Step.STAND_BY, policy.next(WITHOUT_LEASE, 2));
    assertEquals(Step.NOTHING, policy.next(NONE, 3));
  }

  @Test
  void aRunWithTheLeaseGoesOnUntilItHasRunOutForLong() {
    assertEquals(Step.NOTHING, policy.next(HELD, 5));
    assertEquals(Step.NOTHING, policy.next(LEASE_RAN_OUT, 5 + GRACE));
    assertEquals(Step.STOP, policy.next(LEASE_RAN_OUT, 6 + GRACE));
    policy.granted(7 + GRACE);
    assertEquals(Step.NOTHING, policy.next(LEASE_RAN_OUT, 8 + GRACE));
  }

  @Test
  void aBusThatRefusesAllWritesIsAsGoodAsAway() {
    bus.refusing = true;
    assertEquals(Step.GO_ON_ALONE, policy.next(WITHOUT_LEASE, 1));
    assertTrue(bus.aside);
    bus.refusing = false;
    assertEquals(Step.WAIT_FOR_LEASE, policy.next(WITHOUT_LEASE, 2));
    assertFalse(bus.aside);
  }

  @Test
  void aLeaseThatIsRefusedCountsForARunAndLaterForNone() {
    vacancy.refused("OOM");
    assertEquals(Step.NOTHING, policy.next(NONE, TIME_TO_LIVE));
    assertFalse(bus.aside);
    assertEquals(Step.BEGIN_ALONE, policy.next(NONE, TIME_TO_LIVE + 1));
    assertTrue(bus.aside);
    assertEquals(Step.GO_ON_ALONE, policy.next(WITHOUT_LEASE, TIME_TO_LIVE + 2));
  }

  @Test
  void theTicksOfOthersNeverRunAlone() {
    StandInPolicy foreign = policy(BusFeed.SOURCE);
    assertFalse(foreign.isCutOff());
    bus.up = false;
    assertTrue(foreign.isCutOff());
    assertFalse(foreign.isAway());
    assertEquals(Step.NOTHING, foreign.next(NONE, TIME_TO_LIVE + 1));
  }

  @Test
  void aNodeWithoutClientsDoesNotRunAlone() {
    bus.standsIn = false;
    bus.up = false;
    assertFalse(policy.isAway());
    assertEquals(Step.NOTHING, policy.next(NONE, TIME_TO_LIVE + 1));
  }
}
