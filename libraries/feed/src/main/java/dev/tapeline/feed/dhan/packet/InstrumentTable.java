package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that are watched, by segment and security id, with what was last sent of each.
 * One that is no longer watched is remembered for a minute, as its last packets are under way.
 * Owned by the thread of its feed.
 */
public final class InstrumentTable {

  private static final long REMEMBERED = 60_000;
  private static final int MIN_SIZE = 16;
  private static final long INVALID = -1;

  private long[] keys = new long[MIN_SIZE];
  private @Nullable InstrumentState[] states = new @Nullable InstrumentState[MIN_SIZE];

  /** Whether an instrument has a segment and an id that Dhan's packets can hold. */
  public static boolean isValid(Instrument instrument) {
    return key(instrument) != INVALID;
  }

  private static long key(Instrument instrument) {
    Segment segment = Segment.of(instrument);
    String id = instrument.securityId();
    if (segment == null || id.isEmpty() || id.length() > 10) {
      return INVALID;
    }
    long number = 0;
    for (int i = 0; i < id.length(); i++) {
      char digit = id.charAt(i);
      if (digit < '0' || digit > '9') {
        return INVALID;
      }
      number = number * 10 + (digit - '0');
    }
    return number > 0xFFFF_FFFFL ? INVALID : key(segment, number);
  }

  private static long key(Segment segment, long id) {
    return (long) segment.number() << 32 | id;
  }

  /** Replaces what is watched; an instrument that stays keeps its state. */
  public void watch(Map<Instrument, FeedMode> modes, long now) {
    List<InstrumentState> kept = new ArrayList<>(modes.size());
    for (InstrumentState state : states) {
      if (state != null && !modes.containsKey(state.instrument) && isRemembered(state, now)) {
        state.removed = state.removed == InstrumentState.NONE ? now : state.removed;
        kept.add(state);
      }
    }
    modes.forEach((instrument, mode) -> kept.add(watched(instrument, mode)));
    fill(kept);
  }

  private static boolean isRemembered(InstrumentState state, long now) {
    return state.removed == InstrumentState.NONE || now - state.removed < REMEMBERED;
  }

  private InstrumentState watched(Instrument instrument, FeedMode mode) {
    InstrumentState state = find(instrument);
    if (state == null || state.removed != InstrumentState.NONE) {
      return new InstrumentState(instrument, mode);
    }
    state.mode = mode;
    return state;
  }

  private void fill(List<InstrumentState> all) {
    int size = Integer.highestOneBit(Math.max(MIN_SIZE, all.size() * 3)) << 1;
    keys = new long[size];
    states = new @Nullable InstrumentState[size];
    for (InstrumentState state : all) {
      long key = key(state.instrument);
      if (key != INVALID) {
        int slot = slot(key);
        keys[slot] = key;
        states[slot] = preferred(states[slot], state);
      }
    }
  }

  /** The one that is watched, where an instrument has come back under another description. */
  private static InstrumentState preferred(@Nullable InstrumentState one, InstrumentState other) {
    return one == null || one.removed != InstrumentState.NONE ? other : one;
  }

  /** The slot of the key, or the empty one where it belongs. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (states[slot] != null && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  @Nullable InstrumentState find(Segment segment, long id) {
    return states[slot(key(segment, id))];
  }

  @Nullable InstrumentState find(Instrument instrument) {
    long key = key(instrument);
    InstrumentState state = key == INVALID ? null : states[slot(key)];
    return state != null && state.instrument.equals(instrument) ? state : null;
  }

  /** The watched instrument of this segment and id; null if there is none. */
  public @Nullable Instrument watched(Segment segment, long id) {
    InstrumentState state = find(segment, id);
    return state == null || state.removed != InstrumentState.NONE ? null : state.instrument;
  }

  /** Whether a packet of the instrument has come since its connection was opened. */
  public boolean isStreaming(Instrument instrument) {
    InstrumentState state = find(instrument);
    return state != null && state.streaming;
  }

  /** Says that the connection of the instrument begins anew: what was sent may be outdated. */
  public void reopened(Instrument instrument) {
    InstrumentState state = find(instrument);
    if (state != null) {
      state.streaming = false;
    }
  }

  /** Says that no depth socket sends the book of the instrument, until one does again. */
  public void notDeep(Instrument instrument) {
    InstrumentState state = find(instrument);
    if (state != null) {
      state.deep = false;
      state.levels = null;
    }
  }
}
