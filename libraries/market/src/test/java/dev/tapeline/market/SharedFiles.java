package dev.tapeline.market;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The recordings and reference values beside the project, which are never copied into it. Files are
 * named within its folder of data.
 */
public final class SharedFiles {

  /** 41,249 frames of Binance spot; trade ids 3735683259 to 3735693015. */
  public static final String BINANCE = "crypto/binance_spot_btcusdt_20240808.jsonl.gz";

  /** The lists of Deribit's instruments of BTC, ETH, SOL and USDC, of 2021 and 2022. */
  public static final String DERIBIT = "crypto/deribit_instruments_20210722.lines.gz";

  private SharedFiles() {}

  /** The path of a file; if it is missing, the test is skipped, or fails where CI=true. */
  public static Path path(String name) {
    Path root = Path.of(System.getProperty("tapeline.root", ".."));
    Path file = root.resolve("../shared/data").resolve(name).normalize();
    if (!Files.exists(file)) {
      String message = "needs %s, which is not there".formatted(file);
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
    return file;
  }

  /** The lines of a file, which is there as for {@link #path}. */
  public static List<String> lines(String name) {
    try {
      return Files.readAllLines(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
