package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedLeasesTest {

  private final EmbeddedLeases leases = new EmbeddedLeases();
  private final List<String> told = new ArrayList<>();

  @Test
  void freeLeaseIsGrantedAtOnce() {
    claim("feed", "a");
    claim("other", "b");
    assertEquals(List.of("a holds feed 1", "b holds other 2"), told);
  }

  @Test
  void laterClaimsWaitInTheirOrderAndGetHigherTokens() {
    Leases.Claim first = claim("feed", "a");
    Leases.Claim second = claim("feed", "b");
    claim("feed", "c");
    assertEquals(List.of("a holds feed 1"), told);
    first.close();
    second.close();
    assertEquals(List.of("a holds feed 1", "b holds feed 2", "c holds feed 3"), told);
  }

  @Test
  void claimClosedWhileItWaitsIsNotGranted() {
    Leases.Claim first = claim("feed", "a");
    claim("feed", "b").close();
    claim("feed", "c");
    first.close();
    assertEquals(List.of("a holds feed 1", "c holds feed 2"), told);
  }

  @Test
  void closingTwiceGivesUpOnce() {
    Leases.Claim first = claim("feed", "a");
    first.close();
    claim("feed", "b");
    claim("feed", "c");
    first.close();
    assertEquals(List.of("a holds feed 1", "b holds feed 2"), told);
  }

  @Test
  void sameListenerMayClaimTwice() {
    Leases.Listener listener = listener("a");
    Leases.Claim first = leases.claim("feed", "a", Duration.ofSeconds(1), listener);
    leases.claim("feed", "a", Duration.ofSeconds(1), listener);
    first.close();
    assertEquals(List.of("a holds feed 1", "a holds feed 2"), told);
  }

  @Test
  void leaseHasANameAsChannelsHave() {
    assertThrows(InvalidNameException.class, () -> claim("a\nb", "a"));
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
    };
  }
}
