package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.supply.StandInPolicy.Run;
import dev.tapeline.plant.supply.StandInPolicy.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  private final SwitchedBus bus = new SwitchedBus();
  private final AsideVotes votes = new AsideVotes(bus, 1);
  private final Vacancy vacancy = new Vacancy();
  private final StandInPolicy policy = policy("test");

  private StandInPolicy policy(String source) {
    SourceSpec spec = new SourceSpec(source, FeedStatus.State.LIVE, () -> {}, TestFeed::new);
    return new StandInPolicy(spec, bus, votes, vacancy, 0);
  }

  @AfterEach
  void close() {
    bus.own.close();
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

  /** A bus in this process that is away, and refuses, when the test says so. */
  private static final class SwitchedBus implements PlantBus {

    private final EmbeddedBus own = new EmbeddedBus(10);
    private final EmbeddedCache cache = new EmbeddedCache(10, () -> 0);
    private final EmbeddedLeases leases = new EmbeddedLeases(() -> 0);
    private boolean up = true;
    private boolean refusing;
    private boolean standsIn = true;
    private boolean aside;

    @Override
    public Bus own() {
      return own;
    }

    @Override
    public Cache cache() {
      return cache;
    }

    @Override
    public Leases leases() {
      return leases;
    }

    @Override
    public boolean isUp() {
      return up;
    }

    @Override
    public boolean refusesAll() {
      return refusing;
    }

    @Override
    public boolean standsIn() {
      return standsIn;
    }

    @Override
    public CompletionStage<Void> publishAlone(List<Publication> batch) {
      return CompletableFuture.failedFuture(new BusException("the lease is not held"));
    }

    @Override
    public void standAside(boolean isAside) {
      aside = isAside;
    }
  }
}
