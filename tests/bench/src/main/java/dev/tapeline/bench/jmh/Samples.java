package dev.tapeline.bench.jmh;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.nio.charset.StandardCharsets;

/** Made-up frames in Binance's form. */
public final class Samples {

  private Samples() {}

  public static byte[] trade(long id) {
    return utf8(
        "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1700000000123,"
            + "\"s\":\"BTCUSDT\",\"t\":"
            + id
            + ",\"p\":\"50000.25000000\",\"q\":\"0.01500000\",\"T\":1700000000122,"
            + "\"m\":true,\"M\":true}}");
  }

  /** A change of the book at 10 levels of each side, around a moving price. */
  public static byte[] depth(long id) {
    StringBuilder out = new StringBuilder();
    out.append("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",");
    out.append("\"E\":1700000000123,\"s\":\"BTCUSDT\",\"U\":").append(id);
    out.append(",\"u\":").append(id).append(",\"b\":");
    levels(out, id, -1);
    out.append(",\"a\":");
    levels(out, id, 1);
    return utf8(out.append("}}").toString());
  }

  private static void levels(StringBuilder out, long id, int direction) {
    for (int i = 0; i < 10; i++) {
      long price = 50_000 + direction * (1 + (id * 7 + i * 13L) % 400);
      out.append(i == 0 ? "[" : ",");
      out.append("[\"").append(price).append(".25000000\",\"");
      out.append((id + i) % 4).append(".50000000\"]");
    }
    out.append(']');
  }

  /** The payload of a market tick, 180 bytes. */
  public static byte[] marketTick() {
    return utf8(
        "{\"symbol\":\"BTCUSDT\",\"key\":\"BINANCE:BTCUSDT\",\"ltp\":50000.25,\"ltq\":0.015,"
            + "\"volume\":1234.5,\"bid\":50000.24,\"ask\":50000.25,\"open\":49000,\"high\":50100,"
            + "\"low\":48900,\"exchangeTime\":1700000000122}");
  }

  public static Tick tick(byte[] frame) {
    BinanceDecoder decoder = new BinanceDecoder(Instrument::binance);
    TickBuffer ticks = new TickBuffer();
    decoder.decode(frame, 0, frame.length, 1_700_000_000_125L, ticks);
    return ticks.ticks().getFirst();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
