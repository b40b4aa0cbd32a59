package dev.tapeline.feed.binance;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.PatientCalls;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorBars;
import dev.tapeline.feed.vendor.VendorCalls;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bars of Binance's {@code klines}. Safe for all threads. */
public final class BinanceBars implements VendorBars {

  private static final int PAGE = 1_000;
  private static final int WEIGHT = 2;
  private static final int COLUMNS = 9;
  private static final int COUNT = 8;
  private static final int VOLUME = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI rest;
  private final PatientCalls line;

  public BinanceBars(BinanceOptions options, VendorCalls line) {
    this.rest = options.hosts().rest();
    this.line = new PatientCalls(line);
  }

  @Override
  public boolean isOpen() {
    return line.isOpen();
  }

  @Override
  public boolean covers(Instrument instrument) {
    return instrument instanceof Instrument.Pair;
  }

  @Override
  public Duration longest(Frame frame) {
    return frame.isIntraday() ? Duration.ofMillis(PAGE * frame.millis()) : Duration.ofDays(PAGE);
  }

  @Override
  public List<Bar> read(Instrument instrument, Frame frame, long from, long to)
      throws InterruptedException {
    VendorCalls.Reply reply = line.ask(call(instrument, frame, from, to));
    if (reply.status() == 200) {
      return bars(reply.body(), frame, from, to);
    }
    Duration pause = BinanceCalls.pauseAfter(reply.status(), () -> AFTER_TOO_MANY);
    if (pause != null) {
      line.rest(BinanceCalls.WEIGHT, pause);
    }
    throw new FeedException("Binance's klines were answered with " + reply.status());
  }

  private RestCall call(Instrument instrument, Frame frame, long from, long to) {
    String query =
        "symbol=%s&interval=%s&startTime=%d&endTime=%d&limit=%d"
            .formatted(
                URLEncoder.encode(instrument.securityId(), StandardCharsets.UTF_8),
                frame,
                from,
                to - 1,
                PAGE);
    Address address = Address.of(URI.create(rest + "/api/v3/klines?" + query));
    return new RestCall(
        "klines:" + instrument.symbol(),
        "GET",
        () -> address,
        null,
        List.of(new RestCall.Cost(BinanceCalls.WEIGHT, WEIGHT)),
        TIMEOUT);
  }

  private static List<Bar> bars(byte[] body, Frame frame, long from, long to) {
    JsonNode rows = json(body);
    List<Bar> bars = new ArrayList<>();
    for (JsonNode row : rows) {
      Bar bar = bar(row, frame);
      if (bar == null) {
        throw new FeedException("Binance's klines have a row that can't be read: " + cut(row));
      }
      if (bar.time() >= from && bar.time() < to) {
        bars.add(bar);
      }
    }
    return bars;
  }

  private static String cut(JsonNode row) {
    String text = row.toString();
    return text.substring(0, Math.min(text.length(), 100));
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isArray()) {
        return json;
      }
    } catch (JacksonException _) {
      // the same answer
    }
    throw new FeedException("Binance's klines are no array");
  }

  private static @Nullable Bar bar(JsonNode row, Frame frame) {
    if (!row.isArray() || row.size() < COLUMNS) {
      return null;
    }
    try {
      return new Bar(
          frame,
          row.get(0).asLong(),
          new Ohlc(number(row, 1), number(row, 2), number(row, 3), number(row, 4)),
          number(row, VOLUME),
          row.get(COUNT).asLong(),
          Bar.State.CLOSED);
    } catch (NumberFormatException | JacksonException _) {
      return null;
    }
  }

  private static BigDecimal number(JsonNode row, int column) {
    return new BigDecimal(row.get(column).asString());
  }
}
