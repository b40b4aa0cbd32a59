package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.chain.ChainLeg;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.LegChange;
import dev.tapeline.market.chain.LegPrice;
import dev.tapeline.market.chain.LegVolatility;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import org.jspecify.annotations.Nullable;

/** Writes an option of a chain as JSON. Owned by one {@link ChainForm}. */
final class LegForm {

  private static final double PERCENT = 100;

  private final FigureWriter out;
  private final JsonBytes json;

  LegForm(JsonBytes json) {
    this.json = json;
    this.out = new FigureWriter(json);
  }

  /** Writes the other members of a row. */
  FigureWriter out() {
    return out;
  }

  /** Writes an option behind its name; nothing if it is not there. */
  void write(String name, @Nullable ChainLeg leg, ChainStrike strike, int snapshots) {
    if (leg == null) {
      return;
    }
    json.ascii(name);
    out.beginObject();
    out.text("symbol", leg.option().symbol());
    market(leg);
    value(leg);
    volatilities(leg, strike.volatility());
    greeks(leg.greeks());
    out.text("buildUp", leg.buildUp().letters());
    out.text("color", leg.buildUp().colour());
    since(leg, snapshots);
    marks(leg.marks());
    reasons(leg, strike.volatility());
    out.endObject();
  }

  /** What vendors have sent. */
  private void market(ChainLeg leg) {
    best("bid", "bidQty", leg.bid());
    best("ask", "askQty", leg.ask());
    if (leg.last() != null) {
      out.exact("ltp", leg.last());
      out.whole("ltpTime", leg.lastTime());
    }
    out.exact("change", leg.change());
    out.exact("volume", leg.volume());
    out.exact("oi", leg.openInterest());
    out.exact("oiChange", leg.openInterestChange());
  }

  private void best(String price, String quantity, @Nullable BestPrice best) {
    if (best != null) {
      out.exact(price, best.price());
      out.exact(quantity, best.quantity());
    }
  }

  private void value(ChainLeg leg) {
    LegPrice price = leg.price();
    out.precise("price", price.value(), 9);
    out.text("src", price.source().text());
    if (price.wide()) {
      out.flag("wide", true);
    }
    out.precise("intrinsic", leg.intrinsic(), 9);
    out.figure("timeValue", leg.timeValue());
  }

  /** The strike's volatility, which the greeks are of, and those of the option's own prices. */
  private void volatilities(ChainLeg leg, LegVolatility ofStrike) {
    out.figure("iv", PERCENT * ofStrike.value());
    out.figure("midIv", PERCENT * leg.volatility().value());
    out.figure("bidIv", PERCENT * leg.bidVolatility().value());
    out.figure("askIv", PERCENT * leg.askVolatility().value());
  }

  private void greeks(@Nullable TraderGreeks greeks) {
    if (greeks != null) {
      out.figure("delta", greeks.delta());
      out.figure("gamma", greeks.gamma());
      out.figure("theta", greeks.theta());
      out.figure("vega", greeks.vega());
      out.figure("rho", greeks.rho());
      out.figure("vanna", greeks.vanna());
      out.figure("volga", greeks.volga());
    }
  }

  private void since(ChainLeg leg, int snapshots) {
    if (snapshots == 0) {
      return;
    }
    out.beginList("since");
    for (int i = 0; i < snapshots; i++) {
      if (i > 0) {
        out.between();
      }
      LegChange change = leg.since(i);
      out.beginObject();
      out.figure("ltp", change.last());
      out.precise("oi", change.openInterest(), 15);
      out.figure("iv", PERCENT * change.volatility());
      out.text("buildUp", change.buildUp().letters());
      out.endObject();
    }
    out.endList();
  }

  private void marks(Tick.@Nullable Marks marks) {
    if (marks == null) {
      return;
    }
    out.beginObject("marks");
    out.exact("iv", marks.iv());
    out.exact("bidIv", marks.bidIv());
    out.exact("askIv", marks.askIv());
    out.exact("delta", marks.delta());
    out.exact("gamma", marks.gamma());
    out.exact("theta", marks.theta());
    out.exact("vega", marks.vega());
    out.exact("rho", marks.rho());
    out.exact("price", marks.price());
    out.exact("underlying", marks.underlying());
    out.endObject();
  }

  private void reasons(ChainLeg leg, LegVolatility ofStrike) {
    out.reason("price", leg.price().why());
    out.reason("iv", ofStrike.why());
    out.reason("midIv", leg.volatility().why());
    out.reason("bidIv", leg.bidVolatility().why());
    out.reason("askIv", leg.askVolatility().why());
    out.reason("greeks", leg.greeks() == null ? NoFigure.NO_VOLATILITY : null);
    out.reason("oi", leg.openInterest() == null ? NoFigure.NO_OPEN_INTEREST : null);
    out.endReasons();
  }
}
