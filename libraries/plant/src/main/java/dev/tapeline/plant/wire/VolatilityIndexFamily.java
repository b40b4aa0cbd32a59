package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.volatility.ExpiryVariance;
import dev.tapeline.market.volatility.IndexFigure;
import dev.tapeline.market.volatility.IndexReason;
import dev.tapeline.market.volatility.IndexTerm;
import dev.tapeline.market.volatility.VolatilityReading;
import dev.tapeline.plant.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code ivdex:{SYMBOL}}: the volatility of the next 30 days that the options on an underlying
 * imply. {@code docs/volatility-index.md} describes the payload. A figure that is absent is left
 * out, and has its reasons.
 */
final class VolatilityIndexFamily implements ChannelFamily {

  private static final byte[] HEAD = "{\"symbol\":\"".getBytes(StandardCharsets.US_ASCII);

  /** The significant digits of an index, which is then exact to a millionth of a percent. */
  private static final int DIGITS = 9;

  private static final double MINUTES_PER_DAY = 1_440;

  private final PayloadWriter writer;

  VolatilityIndexFamily(PayloadWriter writer) {
    this.writer = writer;
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event instanceof MarketEvent.VolatilityIndexChanged(_, var times, var reading)) {
      out.publish(Channels.volatilityIndex(reading.underlying()), payload(reading), times);
    }
  }

  private byte[] payload(VolatilityReading reading) {
    JsonBytes json = writer.begin(HEAD);
    json.ascii(reading.underlying()).ascii("\",\"t\":").number(reading.time());
    writer.source();
    FigureWriter out = new FigureWriter(json);
    out.text("method", reading.method().name().toLowerCase(Locale.ROOT));
    figure("cm30", reading.cm30().points(), out);
    figure("vix", reading.vix().points(), out);
    out.beginObject("n");
    out.whole("expiries", reading.expiries());
    out.whole("strikes", reading.strikes());
    out.endObject();
    terms(reading.terms(), out);
    out.beginObject("reasons");
    reasons("cm30", reading.cm30(), out, json);
    reasons("vix", reading.vix(), out, json);
    out.endObject();
    return writer.end();
  }

  private static void figure(String name, @Nullable Double points, FigureWriter out) {
    if (points != null) {
      out.precise(name, points, DIGITS);
    }
  }

  private static void terms(List<IndexTerm> terms, FigureWriter out) {
    if (!terms.isEmpty()) {
      term("near", terms.getFirst(), out);
      term("next", terms.getLast(), out);
    }
  }

  private static void term(String name, IndexTerm term, FigureWriter out) {
    out.beginObject(name);
    out.text("expiry", term.expiry().toString());
    switch (term.variance()) {
      case ExpiryVariance.Found found -> {
        out.precise("days", found.minutes() / MINUTES_PER_DAY, DIGITS);
        out.precise("forward", found.forward(), DIGITS);
        out.precise("base", found.base(), DIGITS);
        out.precise("variance", found.value(), DIGITS);
        out.whole("strikes", found.strikes());
      }
      case ExpiryVariance.Absent why -> out.text("why", why.text());
    }
    out.endObject();
  }

  private static void reasons(String name, IndexFigure figure, FigureWriter out, JsonBytes json) {
    if (figure.reasons().isEmpty()) {
      return;
    }
    out.beginList(name);
    String separator = "\"";
    for (IndexReason each : figure.reasons()) {
      json.ascii(separator).ascii(each.text()).ascii("\"");
      separator = ",\"";
    }
    out.endList();
  }
}
