package dev.tapeline.chaos.day;

import dev.tapeline.chaos.day.VendorFault.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one vendor in a random order that follows from the seed: each comes once before any
 * comes again, and a harsh one comes once at all. Owned by one thread.
 */
final class FaultDeck {

  private final VendorName vendor;
  private final Random random;
  private final Map<Effect, Deque<VendorFault>> decks = new EnumMap<>(Effect.class);

  FaultDeck(VendorName vendor, Random random) {
    this.vendor = vendor;
    this.random = random;
    for (Effect effect : Effect.values()) {
      decks.put(effect, shuffled(effect));
    }
  }

  private Deque<VendorFault> shuffled(Effect effect) {
    List<VendorFault> all =
        new ArrayList<>(
            VendorFault.of(vendor).stream().filter(fault -> fault.effect() == effect).toList());
    Collections.shuffle(all, random);
    return new ArrayDeque<>(all);
  }

  /** The next fault of this effect; null if there is none left. */
  @Nullable VendorFault next(Effect effect) {
    Deque<VendorFault> deck = Objects.requireNonNull(decks.get(effect));
    if (deck.isEmpty() && effect != Effect.HARSH) {
      deck.addAll(shuffled(effect));
    }
    return deck.poll();
  }
}
