package dev.tapeline.server.calc;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.rest.ChainTicks;
import dev.tapeline.market.Market;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.study.ChainCounters;
import dev.tapeline.market.chain.study.ChainDemand;
import dev.tapeline.market.chain.study.ChainStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.TradingCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes an option chain from the answer of Dhan's {@code /v2/optionchain}, by the same studies
 * as the server does.
 */
public final class ChainCalculator {

  private static final JsonMapper JSON = new JsonMapper();

  /** Dhan's answers come in one or two objects named data. */
  private static final int MAX_DEPTH = 3;

  private final TradingCalendar calendar;
  private final ChainKey key;
  private final Instant now;
  private final ChainConvention convention;

  /**
   * @param now when the answer was given
   */
  public ChainCalculator(
      TradingCalendar calendar, ChainKey key, Instant now, ChainConvention convention) {
    this.calendar = calendar;
    this.key = key;
    this.now = now;
    this.convention = convention;
  }

  /**
   * Reads an answer.
   *
   * @return the chain, with all that is computed of it
   * @throws CsvProblem if it is no answer with options
   */
  public OptionChain read(InputStream in) throws IOException {
    JsonNode data = chain(parse(in));
    Newest newest = new Newest();
    Market market =
        Market.of(
            newest,
            new ChainStudy(
                new ChainStudy.Parts(
                    calendar,
                    convention,
                    ChainLimits.DEFAULT,
                    ChainDemand.ALL,
                    new ChainCounters())));
    long time = now.toEpochMilli();
    ChainTicks ticks = new ChainTicks(new Legs(), _ -> false, TradingHours.ALWAYS);
    var _ = ticks.tell(key, data, time, market);
    market.onTime(time + 1); // the frame is over
    if (newest.chain == null) {
      throw new CsvProblem("the answer has no options with figures in 'oc'");
    }
    return newest.chain;
  }

  private static JsonNode parse(InputStream in) throws IOException {
    try {
      return JSON.readTree(in.readAllBytes());
    } catch (JacksonException e) {
      throw new CsvProblem("the input is no JSON: " + e.getOriginalMessage());
    }
  }

  private static JsonNode chain(JsonNode answer) {
    JsonNode node = answer;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      if (node.path("oc").isObject()) {
        return node;
      }
      node = node.path("data");
    }
    throw new CsvProblem("the answer has no object 'oc'; give what /v2/optionchain answers");
  }

  /** Takes the newest chain. */
  private static final class Newest implements MarketListener {

    private @Nullable OptionChain chain;

    @Override
    public void onEvent(MarketEvent event) {
      if (event instanceof MarketEvent.ChainChanged changed) {
        chain = changed.chain();
      }
    }

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  /** Makes up the instruments, of which the answer tells only strikes. */
  private static final class Legs implements ChainLegs {

    @Override
    public Instrument underlying(String symbol) {
      return new Instrument.Index(new Reference(symbol, "IDX_I", symbol, symbol, BigDecimal.ZERO));
    }

    @Override
    public Instrument leg(
        ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String securityId) {
      String side = right == Instrument.Right.CALL ? "CE" : "PE";
      String symbol = "%s-%s-%s".formatted(chain.expiry(), strike.toPlainString(), side);
      return new Instrument.Option(
          new Reference(symbol, "NSE_FNO", symbol, symbol, BigDecimal.ZERO),
          chain.underlying(),
          chain.expiry(),
          strike,
          right,
          BigDecimal.ONE);
    }
  }
}
