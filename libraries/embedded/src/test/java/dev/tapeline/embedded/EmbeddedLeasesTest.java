package dev.tapeline.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Fence;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedLeasesTest {

  private final EmbeddedLeases leases = new EmbeddedLeases(() -> 1_000);
  private final List<String> told = new ArrayList<>();

  @Test
  void freeLeaseIsGrantedAtOnce() {
    claim("feed", "a");
    claim("other", "b");
    assertEquals(List.of("a holds feed 1", "b holds other 2"), told);
  }

  @Test
  void whoHoldsItIsToldToAllWhoAsk() {
    Leases.Claim first = claim("feed", "a");
    Leases.Claim second = claim("feed", "b");
    assertEquals(List.of("a holds feed 1", "b waits for a"), told);
    assertEquals(
        List.of(
            new Leases.Standing("other", null, 0, 0, 0),
            new Leases.Standing("feed", "a", 1, 1_000, 0)),
        leases.look(List.of("other", "feed")).toCompletableFuture().join());
    assertTrue(first.isHeld());
    assertFalse(second.isHeld());
    first.close();
    assertFalse(first.isHeld());
    assertTrue(second.isHeld());
  }

  @Test
  void laterClaimsWaitInTheirOrderAndGetHigherTokens() {
    Leases.Claim first = claim("feed", "a");
    Leases.Claim second = claim("feed", "b");
    claim("feed", "c");
    first.close();
    second.close();
    assertEquals(List.of("a holds feed 1", "b holds feed 2", "c holds feed 3"), held());
  }

  @Test
  void claimClosedWhileItWaitsIsNotGranted() {
    Leases.Claim first = claim("feed", "a");
    claim("feed", "b").close();
    claim("feed", "c");
    first.close();
    assertEquals(List.of("a holds feed 1", "c holds feed 2"), held());
  }

  @Test
  void closingTwiceGivesUpOnce() {
    Leases.Claim first = claim("feed", "a");
    first.close();
    claim("feed", "b");
    claim("feed", "c");
    first.close();
    assertEquals(List.of("a holds feed 1", "b holds feed 2"), held());
  }

  @Test
  void sameListenerMayClaimTwice() {
    Leases.Listener listener = listener("a");
    Leases.Claim first = leases.claim("feed", "a", Duration.ofSeconds(1), listener);
    leases.claim("feed", "a", Duration.ofSeconds(1), listener);
    first.close();
    assertEquals(List.of("a holds feed 1", "a holds feed 2"), held());
  }

  @Test
  void leaseHasANameAsChannelsHave() {
    assertThrows(InvalidNameException.class, () -> claim("a\nb", "a"));
  }

  private List<String> held() {
    return told.stream().filter(text -> text.contains(" holds ")).toList();
  }

  private Leases.Claim claim(String lease, String holder) {
    return leases.claim(lease, holder, Duration.ofSeconds(1), listener(holder));
  }

  private Leases.Listener listener(String holder) {
    return new Leases.Listener() {
      @Override
      public void onHeld(Fence fence) {
        told.add("%s holds %s %d".formatted(holder, fence.lease(), fence.token()));
      }

      @Override
      public void onLost() {
        told.add(holder + " lost it");
      }

      @Override
      public void onWaiting(String other) {
        told.add(holder + " waits for " + other);
      }
    };
  }
}
