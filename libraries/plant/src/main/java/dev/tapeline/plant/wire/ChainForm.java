package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.chain.AtTheMoney;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainFigures;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.DayCount;
import dev.tapeline.market.chain.Exposure;
import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.PutCallRatios;
import dev.tapeline.market.chain.TimeLeft;
import dev.tapeline.market.chain.VolatilityRank;
import dev.tapeline.market.instrument.Instrument.Right;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an option chain as JSON. What is absent is left out, and has a reason in the {@code why}
 * beside it. Prices are exact; computed figures have six significant digits, volatilities are in
 * percent a year. Owned by one thread.
 */
final class ChainForm {

  private static final int PRECISE = 9;
  private static final double PERCENT = 100;

  private final PayloadWriter writer;
  private final JsonBytes rows = new JsonBytes();
  private final LegForm legs = new LegForm(rows);
  private @Nullable OptionChain chain;

  /** Where each row ends in {@link #rows}. */
  private int[] ends = new int[64];

  ChainForm(PayloadWriter writer) {
    this.writer = writer;
  }

  /** Reads a chain, for both of its forms. */
  void read(OptionChain next) {
    chain = next;
    rows.clear();
    List<? extends ChainStrike> strikes = next.strikes();
    if (ends.length < strikes.size()) {
      ends = new int[2 * strikes.size()];
    }
    List<Double> pain = next.figures().pain().curve();
    for (int i = 0; i < strikes.size(); i++) {
      row(strikes.get(i), pain.isEmpty() ? Double.NaN : pain.get(i), next.snapshots().size());
      ends[i] = rows.length();
    }
  }

  private void row(ChainStrike strike, double pain, int snapshots) {
    FigureWriter out = legs.out();
    rows.ascii("{\"strike\":").number(strike.strike());
    out.figure("iv", PERCENT * strike.volatility().value());
    Right from = strike.volatilityFrom();
    if (from != null) {
      rows.ascii(from == Right.CALL ? ",\"ivFrom\":\"ce\"" : ",\"ivFrom\":\"pe\"");
    }
    out.figure("pain", pain);
    out.reason("iv", strike.volatility().why());
    out.endReasons();
    legs.write(",\"ce\":", strike.call(), strike, snapshots);
    legs.write(",\"pe\":", strike.put(), strike, snapshots);
    rows.ascii("}");
  }

  /** The chain that was read, with its rows as a list. */
  byte[] list() {
    OptionChain read = head();
    JsonBytes out = writer.continued(",\"strikes\":[");
    for (int i = 0; i < read.strikes().size(); i++) {
      out.ascii(i == 0 ? "" : ",").part(rows, i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    out.ascii("]");
    return writer.end();
  }

  /** The chain that was read, with its rows by strike. */
  byte[] rows() {
    OptionChain read = head();
    JsonBytes out = writer.continued(",\"strikes\":{");
    for (int i = 0; i < read.strikes().size(); i++) {
      out.ascii(i == 0 ? "\"" : ",\"").number(read.strikes().get(i).strike()).ascii("\":");
      out.part(rows, i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    out.ascii("}");
    return writer.end();
  }

  private OptionChain head() {
    OptionChain read = chain;
    if (read == null) {
      throw new IllegalStateException("no chain has been read");
    }
    JsonBytes out = writer.begin("{\"symbol\":\"".getBytes(StandardCharsets.US_ASCII));
    out.ascii(read.key().underlying()).ascii("\",\"expiry\":\"");
    out.ascii(read.key().expiry().toString()).ascii("\",\"t\":").number(read.time());
    writer.source();
    out.ascii(read.isStale() ? ",\"stale\":true" : ",\"stale\":false");
    out.ascii(",\"newestTick\":").number(read.newestTick());
    FigureWriter figures = new FigureWriter(out);
    terms(read, figures);
    figures(read, figures);
    return read;
  }

  private static void terms(OptionChain chain, FigureWriter out) {
    TimeLeft left = chain.left();
    if (chain.settlement() > 0) {
      out.whole("settlement", chain.settlement());
    }
    out.beginObject("left");
    out.whole("millis", left.millis());
    out.precise("years", left.years(), PRECISE);
    out.flag("averaging", left.averaging());
    out.endObject();
    ChainConvention convention = chain.convention();
    out.beginObject("convention");
    out.text("model", "black76");
    out.whole("days", convention.count().days());
    out.flag("averaging", convention.averaging());
    out.precise("rate", convention.rate(), PRECISE);
    out.text("theta", convention.count() == DayCount.CALENDAR ? "calendar day" : "trading day");
    out.text("premium", chain.isPaidInCoin() ? "coin" : "money");
    out.endObject();
    out.exact("spot", chain.spot());
    Forward forward = chain.forward();
    out.beginObject("forward");
    out.precise("value", forward.value(), PRECISE);
    out.text("source", forward.source().text());
    out.whole("n", forward.n());
    out.endObject();
  }

  private static void figures(OptionChain chain, FigureWriter out) {
    ChainFigures figures = chain.figures();
    atTheMoney(chain, figures.atTheMoney(), out);
    out.figure("pcr", figures.ratios().openInterest());
    ratios(figures.ratios(), out);
    out.precise("maxPain", figures.pain().strike(), PRECISE);
    out.beginObject("skew");
    out.figure("riskReversal25", PERCENT * figures.skew().riskReversal());
    out.figure("butterfly25", PERCENT * figures.skew().butterfly());
    out.figure("slope", PERCENT * figures.skew().slope());
    out.endObject();
    exposure(figures.exposure(), out);
    rank(figures.rank(), out);
    out.wholes("snapshots", chain.snapshots());
    reasons(chain, figures, out);
  }

  private static void atTheMoney(OptionChain chain, AtTheMoney money, FigureWriter out) {
    out.beginObject("atm");
    out.precise("strike", money.strike(), PRECISE);
    out.precise("spotStrike", money.spotStrike(), PRECISE);
    out.figure("iv", PERCENT * money.volatility().value());
    out.figure("straddle", money.straddle());
    out.figure("straddlePct", PERCENT * money.straddle() / chain.forward().value());
    out.precise("lowerBreakEven", money.strike() - money.straddle(), PRECISE);
    out.precise("upperBreakEven", money.strike() + money.straddle(), PRECISE);
    out.precise("synthetic", money.synthetic(), PRECISE);
    out.endObject();
    out.beginObject("expectedMove");
    out.figure("sigma", money.move());
    out.figure("straddle85", 0.85 * money.straddle());
    out.endObject();
  }

  private static void ratios(PutCallRatios ratios, FigureWriter out) {
    out.beginObject("ratios");
    out.figure("oi", ratios.openInterest());
    out.figure("volume", ratios.volume());
    out.figure("oiChange", ratios.change());
    out.figure("nearOi", ratios.near());
    out.whole("legs", ratios.legs());
    out.whole("missing", ratios.missing());
    sums("ce", ratios.calls(), out);
    sums("pe", ratios.puts(), out);
    out.endObject();
  }

  private static void sums(String side, PutCallRatios.Sums sums, FigureWriter out) {
    out.beginObject(side);
    out.precise("oi", sums.openInterest(), 15);
    out.precise("volume", sums.volume(), 15);
    out.precise("oiChange", sums.change(), 15);
    out.precise("nearOi", sums.near(), 15);
    out.endObject();
  }

  private static void exposure(Exposure exposure, FigureWriter out) {
    if (exposure.legs() > 0) {
      out.beginObject("exposure");
      out.figure("gex", exposure.gamma());
      out.figure("dex", exposure.delta());
      out.figure("vega", exposure.vega());
      out.whole("legs", exposure.legs());
      out.text("sign", "gex: calls +, puts -");
      out.endObject();
    }
  }

  private static void rank(VolatilityRank rank, FigureWriter out) {
    out.beginObject("ivRank");
    out.figure("rank", PERCENT * rank.rank());
    out.figure("percentile", PERCENT * rank.percentile());
    out.whole("n", rank.n());
    out.endObject();
  }

  private static void reasons(OptionChain chain, ChainFigures figures, FigureWriter out) {
    AtTheMoney money = figures.atTheMoney();
    out.reason("left", chain.left().why());
    out.reason("spot", chain.spot() == null ? NoFigure.NO_SPOT : null);
    out.reason("forward", chain.forward().why());
    out.reason("atm", money.volatility().why());
    out.reason("straddle", Double.isNaN(money.straddle()) ? NoFigure.NO_QUOTE : null);
    PutCallRatios ratios = figures.ratios();
    out.reason("pcr", missing(ratios.openInterest(), NoFigure.NO_DIVISOR));
    out.reason("ratios.volume", missing(ratios.volume(), NoFigure.NO_DIVISOR));
    out.reason("ratios.oiChange", missing(ratios.change(), NoFigure.NO_DIVISOR));
    out.reason("ratios.nearOi", missing(ratios.near(), NoFigure.NO_DIVISOR));
    out.reason("maxPain", figures.pain().why());
    NoFigure none = NoFigure.NO_VOLATILITY;
    out.reason("skew.riskReversal25", missing(figures.skew().riskReversal(), none));
    out.reason("skew.butterfly25", missing(figures.skew().butterfly(), none));
    out.reason("skew.slope", missing(figures.skew().slope(), none));
    out.reason("exposure", figures.exposure().legs() == 0 ? none : null);
    out.reason("ivRank", figures.rank().why());
    out.endReasons();
  }

  private static @Nullable NoFigure missing(double figure, NoFigure why) {
    return Double.isNaN(figure) ? why : null;
  }
}
