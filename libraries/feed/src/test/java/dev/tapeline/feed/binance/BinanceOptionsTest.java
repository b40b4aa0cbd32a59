package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceOptionsTest {

  private static final URI REST = URI.create("https://x");

  @Test
  void theDefaultsAreThePublicHostsAndBinancesLimits() {
    assertEquals(
        new BinanceOptions(
            new BinanceOptions.Hosts(
                URI.create("wss://data-stream.binance.vision"),
                URI.create("https://data-api.binance.vision")),
            new BinanceOptions.Books(DepthSpeed.FAST, 50, 1000, Duration.ofMillis(300)),
            new BinanceOptions.Connections(1024, Duration.ofHours(23), 1),
            false),
        BinanceOptions.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://x", "wss://x/", "wss://x/stream", "wss://x?a=b", "x", "wss:x"})
  void aHostOfStreamsIsNeitherAPathNorOfAnotherScheme(String host) {
    assertThrows(
        IllegalArgumentException.class, () -> new BinanceOptions.Hosts(URI.create(host), REST));
  }

  @Test
  void aHostMayHaveAPort() {
    URI host = URI.create("ws://127.0.0.1:9443");
    assertEquals(host, new BinanceOptions.Hosts(host, REST).streams());
  }

  @ParameterizedTest
  @CsvSource({"0, 1000, 300", "251, 1000, 300", "50, 5001, 300", "50, 1000, 0"})
  void booksNeedRoomInTheirSnapshots(int levels, int limit, long pace) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BinanceOptions.Books(DepthSpeed.SLOW, levels, limit, Duration.ofMillis(pace)));
  }

  @ParameterizedTest
  @CsvSource({"0, 23", "1025, 23", "1024, 0", "1024, 24"})
  void connectionsHaveBinancesLimits(int streams, long hours) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BinanceOptions.Connections(streams, Duration.ofHours(hours), 1));
  }
}
