package dev.tapeline.feed;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded data beside the project, which is never copied into it. */
public final class SharedData {

  /** 41,249 frames of Binance spot; trade ids 3735683259 to 3735693015. */
  public static final String BINANCE = "data/crypto/binance_spot_btcusdt_20240808.jsonl.gz";

  /** The lists of Deribit's instruments of BTC, ETH, SOL and USDC, of 2021 and 2022. */
  public static final String DERIBIT = "data/crypto/deribit_instruments_20210722.lines.gz";

  private SharedData() {}

  /** Returns the file; if it is missing, the test is skipped, or fails where CI=true. */
  public static Path require(String name) {
    Path root = Path.of(System.getProperty("tapeline.root", ".."));
    Path file = root.resolve("../shared").resolve(name).normalize();
    if (!Files.exists(file)) {
      String message = "needs %s, which is not there".formatted(file);
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
    return file;
  }
}
