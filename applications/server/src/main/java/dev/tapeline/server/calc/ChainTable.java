package dev.tapeline.server.calc;

import dev.tapeline.market.chain.AtTheMoney;
import dev.tapeline.market.chain.ChainFigures;
import dev.tapeline.market.chain.ChainLeg;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.tick.BestPrice;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a chain as CSV: a line for each option, or one for each figure of the chain as a whole.
 * The units are those of {@code docs/option-chains.md}, with all digits; what is absent is empty.
 */
public final class ChainTable {

  /** What the table of options begins with. */
  public static final String HEADER =
      "strike,type,bid,ask,ltp,price,src,intrinsic,time_value,iv,mid_iv,bid_iv,ask_iv,"
          + "delta,gamma,theta,vega,rho,vanna,volga,volume,oi,oi_change,build_up,reason";

  private static final double PERCENT = 100;

  private final StringBuilder text = new StringBuilder();

  /**
   * Writes a line for each option.
   *
   * @return whether the output has taken all of it
   */
  public boolean writeOptions(OptionChain chain, PrintWriter out) {
    text.append(HEADER).append(System.lineSeparator());
    for (ChainStrike strike : chain.strikes()) {
      option(strike, strike.call());
      option(strike, strike.put());
    }
    return pass(out);
  }

  private void option(ChainStrike strike, @Nullable ChainLeg leg) {
    if (leg == null) {
      return;
    }
    text.append(strike.strike().toPlainString());
    text.append(',').append(leg.option().right().name().toLowerCase(Locale.ROOT));
    best(leg.bid());
    best(leg.ask());
    exact(leg.last());
    number(leg.price().value());
    text.append(',').append(leg.price().source().text());
    number(leg.intrinsic());
    number(leg.timeValue());
    number(PERCENT * strike.volatility().value());
    number(PERCENT * leg.volatility().value());
    number(PERCENT * leg.bidVolatility().value());
    number(PERCENT * leg.askVolatility().value());
    greeks(leg.greeks());
    exact(leg.volume());
    exact(leg.openInterest());
    exact(leg.openInterestChange());
    text.append(',').append(leg.buildUp().letters());
    text.append(',').append(reason(strike.volatility().why(), leg.volatility().why()));
    text.append(System.lineSeparator());
  }

  private static String reason(@Nullable NoFigure ofStrike, @Nullable NoFigure own) {
    NoFigure why = ofStrike == null ? own : ofStrike;
    return why == null ? "" : why.text();
  }

  private void greeks(@Nullable TraderGreeks greeks) {
    if (greeks == null) {
      text.append(",,,,,,,");
      return;
    }
    Stream.of(
            greeks.delta(),
            greeks.gamma(),
            greeks.theta(),
            greeks.vega(),
            greeks.rho(),
            greeks.vanna(),
            greeks.volga())
        .forEach(this::number);
  }

  private void best(@Nullable BestPrice best) {
    exact(best == null ? null : best.price());
  }

  private void exact(@Nullable BigDecimal value) {
    text.append(',').append(value == null ? "" : value.toPlainString());
  }

  private void number(double value) {
    text.append(',');
    if (Double.isFinite(value)) {
      text.append(value);
    }
  }

  /**
   * Writes a line for each figure of the chain.
   *
   * @return whether the output has taken all of it
   */
  public boolean writeFigures(OptionChain chain, PrintWriter out) {
    ChainFigures figures = chain.figures();
    AtTheMoney money = figures.atTheMoney();
    text.append("figure,value").append(System.lineSeparator());
    BigDecimal spot = chain.spot();
    figure("spot", spot == null ? Double.NaN : spot.doubleValue());
    figure("forward", chain.forward().value());
    figure("forward_pairs", chain.forward().n());
    figure("years", chain.left().years());
    figure("pcr_oi", figures.ratios().openInterest());
    figure("pcr_volume", figures.ratios().volume());
    figure("pcr_oi_change", figures.ratios().change());
    figure("pcr_near_oi", figures.ratios().near());
    figure("call_oi", figures.ratios().calls().openInterest());
    figure("put_oi", figures.ratios().puts().openInterest());
    figure("max_pain", figures.pain().strike());
    figure("atm_strike", money.strike());
    figure("atm_iv", PERCENT * money.volatility().value());
    figure("straddle", money.straddle());
    figure("expected_move", money.move());
    figure("risk_reversal_25", PERCENT * figures.skew().riskReversal());
    figure("butterfly_25", PERCENT * figures.skew().butterfly());
    figure("slope", PERCENT * figures.skew().slope());
    figure("gex", figures.exposure().gamma());
    figure("dex", figures.exposure().delta());
    return pass(out);
  }

  private void figure(String name, double value) {
    text.append(name);
    number(value);
    text.append(System.lineSeparator());
  }

  private boolean pass(PrintWriter out) {
    out.append(text).flush();
    text.setLength(0);
    return !out.checkError();
  }
}
