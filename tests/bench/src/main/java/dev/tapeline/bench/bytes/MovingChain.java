package dev.tapeline.bench.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up option chain that moves from snapshot to snapshot: a fifth of its strikes trade in
 * between, on both sides. The moves are the same in each run.
 */
final class MovingChain {

  private static final int STRIKES = 200;
  private static final int LOWEST = 20_000;
  private static final int STEP = 50;
  private static final int MOVING_PART = 5;

  private final Random random = new Random(7);
  private final Side[] calls = new Side[STRIKES];
  private final Side[] puts = new Side[STRIKES];

  MovingChain() {
    for (int i = 0; i < STRIKES; i++) {
      calls[i] = new Side((STRIKES - i) * 5_000 + 500, random);
      puts[i] = new Side(i * 5_000 + 500, random);
    }
  }

  /** One side of a strike; prices in paise. */
  private static final class Side {

    private int paise;
    private int volume;
    private int oi;
    private int iv;

    Side(int paise, Random random) {
      this.paise = paise;
      this.volume = random.nextInt(5_000_000);
      this.oi = random.nextInt(900_000) * 25;
      this.iv = 1_000 + random.nextInt(1_000);
    }

    void trade(Random random) {
      paise = Math.max(5, paise + 5 * (random.nextInt(41) - 20));
      volume += 25 * random.nextInt(400);
      oi += 25 * (random.nextInt(201) - 100);
      iv += random.nextInt(21) - 10;
    }

    String json() {
      return "{\"ltp\":%s,\"bid\":%s,\"ask\":%s,\"volume\":%d,\"oi\":%d,\"iv\":%s,\"delta\":%s}"
          .formatted(
              paise / 100.0,
              (paise - 5) / 100.0,
              (paise + 5) / 100.0,
              volume,
              oi,
              iv / 100.0,
              Math.round(10_000.0 * paise / (paise + 500_000)) / 10_000.0);
    }
  }

  private void move() {
    for (int i = 0; i < STRIKES; i++) {
      if (random.nextInt(MOVING_PART) == 0) {
        calls[i].trade(random);
        puts[i].trade(random);
      }
    }
  }

  /**
   * The next snapshot.
   *
   * @param byStrike whether the rows are an object, by strike, instead of an array
   */
  byte[] next(boolean byStrike) {
    move();
    String rows =
        IntStream.range(0, STRIKES)
            .mapToObj(i -> row(i, byStrike))
            .collect(Collectors.joining(","));
    String strikes = byStrike ? "{" + rows + "}" : "[" + rows + "]";
    return "{\"symbol\":\"NIFTY\",\"strikes\":%s}".formatted(strikes).getBytes(US_ASCII);
  }

  private String row(int i, boolean byStrike) {
    int strike = LOWEST + i * STEP;
    String sides = "\"ce\":%s,\"pe\":%s}".formatted(calls[i].json(), puts[i].json());
    return byStrike
        ? "\"%d\":{".formatted(strike) + sides
        : "{\"strike\":%d,".formatted(strike) + sides;
  }
}
