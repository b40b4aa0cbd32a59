package dev.tapeline.bench.dhan;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * The book of one made-up instrument at one moment: five levels of each side around a price, and
 * the side at which the last trade was. Prices are in hundredths and move by steps of five.
 *
 * @param bid the best bid; the best ask is a step above
 * @param buys the quantities of the bids, from the best on
 * @param sells those of the asks
 * @param isBuy whether the last trade took the ask
 */
@SuppressWarnings("ArrayRecordComponent") // never written to again, and not compared
record SampleBook(int bid, int[] buys, int[] sells, boolean isBuy) {

  static final int LEVELS = 5;
  private static final int STEP = 5;
  private static final int MOST = 5_000;
  private static final int RANDOM_STEPS = 10;

  /** One packet in so many moves the price; the others change two quantities. */
  private static final int MOVES = 5;

  static SampleBook random(int bid, Random random) {
    return new SampleBook(
        bid + random.nextInt(RANDOM_STEPS) * STEP,
        random.ints(LEVELS, 1, MOST).toArray(),
        random.ints(LEVELS, 1, MOST).toArray(),
        random.nextBoolean());
  }

  /** What the book may be a packet later: a price further, or with two other quantities. */
  SampleBook next(Random random) {
    int[] nextBuys = buys.clone();
    int[] nextSells = sells.clone();
    int moved = random.nextInt(MOVES) > 0 ? 0 : random.nextBoolean() ? STEP : -STEP;
    if (moved == 0) {
      nextBuys[random.nextInt(LEVELS)] = 1 + random.nextInt(MOST);
      nextSells[random.nextInt(LEVELS)] = 1 + random.nextInt(MOST);
    } else {
      shift(moved > 0 ? nextBuys : nextSells, 0, 1, 1 + random.nextInt(MOST));
      shift(moved > 0 ? nextSells : nextBuys, 1, 0, 1 + random.nextInt(MOST));
    }
    return new SampleBook(bid + moved, nextBuys, nextSells, random.nextBoolean());
  }

  /** Moves the quantities by a level; the one at the free end is new. */
  private static void shift(int[] quantities, int from, int to, int added) {
    int[] before = Arrays.copyOf(quantities, LEVELS);
    System.arraycopy(before, from, quantities, to, LEVELS - 1);
    quantities[to == 0 ? LEVELS - 1 : 0] = added;
  }

  float last() {
    return (isBuy ? bid + STEP : bid) / 100f;
  }

  /** Writes the five rows of a full packet: quantities, numbers of orders, prices. */
  void write(ByteBuffer packet, int at) {
    for (int level = 0; level < LEVELS; level++) {
      int row = at + 20 * level;
      packet.putInt(row, buys[level]).putInt(row + 4, sells[level]);
      packet.putShort(row + 8, (short) (1 + buys[level] / 100));
      packet.putShort(row + 10, (short) (1 + sells[level] / 100));
      packet.putFloat(row + 12, (bid - STEP * level) / 100f);
      packet.putFloat(row + 16, (bid + STEP * (level + 1)) / 100f);
    }
  }
}
