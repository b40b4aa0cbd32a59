package dev.tapeline.hub.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.hub.frame.Envelope.ModeReason;
import dev.tapeline.hub.topic.HubCounters;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClientOnLadderTest {

  private static final int STEP = 10;

  private final HubCounters counters = new HubCounters();
  private final Recorder client = new Recorder();
  private final SlowClient slow = new SlowClient(client, new Ladder(STEP, 0), counters);
  private long now;

  /** A client whose connection the test blocks and opens. */
  private static final class Recorder implements PacedClient {

    private final List<String> told = new ArrayList<>();
    private boolean blocked;
    private long missing;

    @Override
    public boolean isBlocked() {
      return blocked;
    }

    @Override
    public boolean takeKeptUp() {
      return !blocked;
    }

    @Override
    public long missing() {
      return missing;
    }

    @Override
    public boolean isPastHalf() {
      return false;
    }

    @Override
    public void onStep(Tier from, ModeReason reason) {
      told.add("from " + from + ", " + reason.text());
    }

    @Override
    public void giveUp() {
      told.add("given up");
    }
  }

  private SlowClient.Watch look(int times) {
    SlowClient.Watch last = SlowClient.Watch.AGAIN;
    for (int i = 0; i < times; i++) {
      last = slow.look(++now);
    }
    return last;
  }

  @Test
  void aClientThatTakesNothingIsToldEachStepAndGivenUp() {
    client.blocked = true;
    client.missing = 1;
    look(100);
    assertEquals(
        List.of("from AS_ASKED, slow", "from LATEST, slow", "from SLOWER, slow", "given up"),
        client.told);
    assertEquals(4, counters.stepsDown.sum());
  }

  @Test
  void aClientThatRecoversIsWatchedUntilItHasAllAgain() {
    client.blocked = true;
    client.missing = 1;
    look(STEP + 1);
    assertEquals(Tier.LATEST, slow.tier());
    client.blocked = false;
    client.missing = 0;
    assertEquals(SlowClient.Watch.AGAIN, look(2 * STEP));
    assertEquals(SlowClient.Watch.DONE, look(1));
    assertEquals(List.of("from AS_ASKED, slow", "from LATEST, recovered"), client.told);
    assertEquals(1, counters.stepsUp.sum());
  }

  @Test
  void aConnectionThatHasEndedIsLookedAtNoMore() {
    client.blocked = true;
    slow.end();
    assertEquals(SlowClient.Watch.DONE, look(100));
    assertEquals(List.of(), client.told);
  }

  /** Whatever the client does, a look moves it one tier at most, and the tiers tell of no jump. */
  @Property(tries = 300)
  void aLookMovesOneTierAtMost(@ForAll @Size(max = 300) List<Boolean> blocked) {
    for (boolean now : blocked) {
      client.blocked = now;
      Tier before = slow.tier();
      look(1);
      int moved = Math.abs(slow.tier().compareTo(before));
      assertEquals(moved, Math.min(moved, 1));
    }
    assertEquals(
        counters.stepsDown.sum() - counters.stepsUp.sum(), slow.tier().ordinal(), "steps told");
  }
}
