package dev.tapeline.bench.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made-up option chain: 200 strikes with seven numbers a side, the same each time. */
public final class ChainSample {

  private static final int STRIKES = 200;
  private static final int LOWEST = 20_000;
  private static final int STEP = 50;

  private final Random random = new Random(7);

  private ChainSample() {}

  public static byte[] json() {
    ChainSample chain = new ChainSample();
    String rows =
        IntStream.range(0, STRIKES)
            .mapToObj(i -> chain.row(LOWEST + i * STEP))
            .collect(Collectors.joining(","));
    return "{\"symbol\":\"NIFTY\",\"strikes\":[%s]}".formatted(rows).getBytes(US_ASCII);
  }

  private String row(int strike) {
    return "{\"strike\":%d,\"ce\":%s,\"pe\":%s}".formatted(strike, side(), side());
  }

  private String side() {
    int paise = random.nextInt(10, 40_000);
    return "{\"ltp\":%s,\"bid\":%s,\"ask\":%s,\"volume\":%d,\"oi\":%d,\"iv\":%s,\"delta\":%s}"
        .formatted(
            paise / 100.0,
            (paise - 5) / 100.0,
            (paise + 5) / 100.0,
            random.nextInt(5_000_000),
            random.nextInt(900_000) * 25,
            random.nextInt(3_000) / 100.0,
            random.nextInt(10_000) / 10_000.0);
  }
}
