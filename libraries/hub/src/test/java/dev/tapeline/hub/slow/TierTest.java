package dev.tapeline.hub.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.frame.TextEnvelope;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TierTest {

  @Provide
  Arbitrary<Options> asked() {
    return Arbitraries.of(
        all(),
        latest(FrameRate.UNLIMITED),
        latest(FrameRate.of(FrameRate.LEAST)),
        latest(FrameRate.of(1)),
        latest(FrameRate.of(FrameRate.MOST)));
  }

  private static Options all() {
    return Options.all(true, TextEnvelope.INSTANCE);
  }

  private static Options latest(FrameRate rate) {
    return new Options(Mode.LATEST, rate, true, TextEnvelope.INSTANCE);
  }

  @Property
  void aClientThatKeepsUpGetsWhatItAskedFor(@ForAll("asked") Options asked) {
    assertSame(asked, Tier.AS_ASKED.limit(asked, ChannelKind.STATE, true));
  }

  @Property
  void whatMustNotBeMergedIsNot(@ForAll Tier tier, @ForAll("asked") Options asked) {
    assertEquals(all(), tier.limit(asked, ChannelKind.EVENT, false));
  }

  /** Nor does a tier give more than was asked for. */
  @Property
  void aLowerTierGivesNoMore(@ForAll Tier tier, @ForAll("asked") Options asked) {
    assertTrue(perSecond(limit(tier.down(), asked)) <= perSecond(limit(tier, asked)));
    assertTrue(perSecond(limit(tier, asked)) <= perSecond(asked));
  }

  private static Options limit(Tier tier, Options asked) {
    return tier.limit(asked, ChannelKind.STATE, true);
  }

  /** A measure of how much comes: all is more than the newest at any rate. */
  private static double perSecond(Options options) {
    if (options.mode() == Mode.ALL) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.min(options.maxRate().perSecond(), Double.MAX_VALUE);
  }

  @Property
  void upIsTheWayBack(@ForAll Tier tier) {
    if (tier != Tier.CLOSED && tier.down() != Tier.CLOSED) {
      assertSame(tier, tier.down().up());
    }
  }
}
