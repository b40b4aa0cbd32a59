package dev.tapeline.market.chain.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.chain.ChainLeg;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What holds for chains of any prices. */
class ChainLawTest {

  private static final double YEARS = 7_545 / 525_600.0;
  private static final int FIRST = 23_800;
  private static final int STEP = 100;

  /** What is told of one option. */
  private record Told(
      Instrument.Option option, @Nullable String bid, String ask, long interest, long before) {

    Told withBid(@Nullable String other) {
      return new Told(option, other, ask, interest, before);
    }

    void tell(NiftyChain chain) {
      chain.quote(option, bid, ask);
      chain.interest(option, interest, before);
    }
  }

  /** A chain around the forward, whose quotes are now and then wide. */
  private static List<Told> options(double forward, double volatility, int strikes, Random random) {
    List<Told> options = new ArrayList<>();
    for (int i = 0; i < strikes; i++) {
      int strike = FIRST + i * STEP;
      for (Right right : Right.values()) {
        double price = new Black76(right, forward, strike, YEARS, 0.065).price(volatility) + 0.1;
        double half = price * (random.nextInt(8) == 0 ? 0.2 : 0.01);
        options.add(
            new Told(
                NiftyChain.option(String.valueOf(strike), right),
                text(price - half),
                text(price + half),
                random.nextInt(1_000_000),
                random.nextInt(1_000_000)));
      }
    }
    return options;
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }

  private static OptionChain chain(List<Told> options) {
    NiftyChain nifty = NiftyChain.standard();
    nifty.index("24300");
    options.forEach(option -> option.tell(nifty));
    return nifty.chain();
  }

  /** All figures of a chain, as text. */
  private static List<String> figures(OptionChain chain) {
    List<String> all = new ArrayList<>();
    all.add(chain.forward().toString());
    all.add(chain.left().toString());
    all.add(chain.figures().toString());
    for (ChainStrike strike : chain.strikes()) {
      all.add(strike.strike() + " " + strike.volatility() + " " + strike.volatilityFrom());
      all.add(figures(strike.call()));
      all.add(figures(strike.put()));
    }
    return all;
  }

  private static String figures(@Nullable ChainLeg leg) {
    return leg == null
        ? ""
        : "%s %s %s %s %s %s %s"
            .formatted(
                leg.price(),
                leg.volatility(),
                leg.bidVolatility(),
                leg.askVolatility(),
                leg.greeks(),
                leg.buildUp(),
                leg.timeValue());
  }

  @Property(tries = 50)
  void figuresDoNotHangOnTheOrderOfTheOptions(
      @ForAll @DoubleRange(min = 24_000, max = 24_900) double forward,
      @ForAll @DoubleRange(min = 0.05, max = 0.6) double volatility,
      @ForAll @IntRange(min = 1, max = 12) int strikes,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Told> options = options(forward, volatility, strikes, random);
    List<String> first = figures(chain(options));
    Collections.shuffle(options, random);
    assertEquals(first, figures(chain(options)));
  }

  /** The order of what came in several steps does not matter either, once all are there. */
  @Property(tries = 30)
  void figuresDoNotHangOnWhatWasComputedBefore(
      @ForAll @DoubleRange(min = 24_000, max = 24_900) double forward, @ForAll long seed) {
    Random random = new Random(seed);
    List<Told> options = options(forward, 0.15, 8, random);
    NiftyChain steps = NiftyChain.standard();
    steps.index("24300");
    for (Told option : options(forward + 50, 0.2, 8, random)) {
      option.tell(steps);
    }
    OptionChain _ = steps.chain();
    options.forEach(option -> option.tell(steps));
    steps.pass(900);
    OptionChain stepped = steps.chain();

    NiftyChain once = NiftyChain.standard();
    once.index("24300");
    options.forEach(option -> option.tell(once));
    once.pass(1_000);
    OptionChain atOnce = once.chain();
    assertEquals(figures(atOnce).subList(1, 2), figures(stepped).subList(1, 2));
    assertEquals(figures(atOnce), figures(stepped));
  }

  /** Of a strike that changes alone only what has changed is computed: nothing else may differ. */
  @Property(tries = 50)
  void figuresDoNotHangOnHowOftenTheyWereComputed(
      @ForAll @DoubleRange(min = 24_000, max = 24_900) double forward, @ForAll long seed) {
    Random random = new Random(seed);
    List<Told> options = options(forward, 0.15, 12, random);
    List<Told> others = options(forward, 0.151, 12, random);
    NiftyChain steps = NiftyChain.standard();
    steps.index("24300");
    options.forEach(option -> option.tell(steps));
    OptionChain _ = steps.chain();
    for (int i = 0; i < 5; i++) {
      int changed = random.nextInt(options.size());
      Told before = options.get(changed);
      Told after = others.get(changed);
      Told next =
          switch (random.nextInt(3)) {
            case 0 -> after;
            case 1 -> before.withBid(after.bid);
            default -> before.withBid(null);
          };
      options.set(changed, next);
      next.tell(steps);
      OptionChain _ = steps.chain();
    }

    NiftyChain once = NiftyChain.standard();
    once.index("24300");
    once.pass(500);
    options.forEach(option -> option.tell(once));
    OptionChain atOnce = once.chain();
    assertEquals(figures(atOnce), figures(steps.chain()));
  }

  /** A call and a put of one strike are worth the same beyond exercise: so are their figures. */
  @Property(tries = 50)
  void callAndPutAreSymmetric(
      @ForAll @DoubleRange(min = 24_200, max = 24_400) double forward,
      @ForAll @DoubleRange(min = 0.08, max = 0.6) double volatility) {
    NiftyChain nifty = NiftyChain.standard();
    for (int strike = 24_100; strike <= 24_500; strike += STEP) {
      for (Right right : Right.values()) {
        double price = new Black76(right, forward, strike, YEARS, 0.065).price(volatility);
        nifty.price(
            NiftyChain.option(String.valueOf(strike), right),
            BigDecimal.valueOf(price).setScale(9, RoundingMode.HALF_UP).toPlainString());
      }
    }
    nifty.pass(1);
    for (ChainStrike strike : nifty.chain().strikes()) {
      ChainLeg call = strike.call();
      ChainLeg put = strike.put();
      assertTrue(call != null && put != null && call.greeks() != null && put.greeks() != null);
      double discount = Math.exp(-0.065 * YEARS);
      assertEquals(volatility, strike.volatility().value(), 1e-5);
      assertEquals(call.volatility().value(), put.volatility().value(), 1e-5);
      assertEquals(discount, call.greeks().delta() - put.greeks().delta(), 1e-6);
      assertEquals(call.greeks().gamma(), put.greeks().gamma(), 1e-12);
      assertEquals(call.greeks().vega(), put.greeks().vega(), 1e-9);
    }
  }
}
