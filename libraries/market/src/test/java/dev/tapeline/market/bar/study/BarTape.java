package dev.tapeline.market.bar.study;

import dev.tapeline.market.Market;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.ChangedWishes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.ClosedDay;
import dev.tapeline.market.session.ExchangeRules;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseWindow;
import dev.tapeline.market.session.SpecialDay;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.Timetable;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A market with bars, and what it tells of them as text, for tests. */
final class BarTape implements MarketListener {

  static final Instrument SHARE = share("HDFCBANK", "NSE_EQ");
  static final Instrument WITH_DERIVATIVES = share("RELIANCE", "NSE_EQ");
  static final Instrument FUTURE = share("NIFTY-FUT", "NSE_FNO");
  static final Instrument GOLD = share("GOLD", "MCX_COMM");
  static final Instrument COIN = Instrument.binance("BTCUSDT");
  static final Instrument NIFTY =
      new Instrument.Index(new Reference("NIFTY", "IDX_I", "13", "Nifty 50", BigDecimal.ZERO));

  static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d HH:mm:ss").withZone(INDIA);
  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1); // a Monday

  final BarCounts counts = new BarCounts();
  final Wanted wanted = new Wanted();
  final List<MarketEvent.BarChanged> bars = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  final Market market;

  /** Whether the time is told before the trades of it. */
  boolean passesTime = true;

  private long now;

  /** The frames that are wanted, of any instrument. */
  static final class Wanted implements BarDemand {

    private List<Frame> frames = List.of();
    private final ChangedWishes changes = new ChangedWishes();

    void set(String... texts) {
      frames = BarTape.frames(texts);
      changes.addAll();
    }

    @Override
    public WishNews news() {
      return changes.news();
    }

    @Override
    public List<Frame> frames(String symbol) {
      return frames;
    }
  }

  BarTape(BarRules rules) {
    this(rules, true);
  }

  /**
   * @param keepsHours false if the instruments trade at any time
   */
  BarTape(BarRules rules, boolean keepsHours) {
    BarSessions sessions =
        new BarSessions(calendar(), _ -> keepsHours, share -> share.equals(WITH_DERIVATIVES));
    this.market = Market.of(this, BarStudy.of(rules, sessions, wanted, counts));
  }

  /** With these frames configured. */
  static BarTape of(String... frames) {
    return new BarTape(BarRules.of(frames(frames)));
  }

  static List<Frame> frames(String... texts) {
    return Stream.of(texts).map(Frame::parse).toList();
  }

  private static Instrument share(String symbol, String segment) {
    return new Instrument.Share(new Reference(symbol, segment, symbol, symbol, BigDecimal.ZERO));
  }

  static TradingCalendar calendar() {
    SpecialDay muhurat =
        new SpecialDay(
            "Muhurat", false, Set.of(), List.of(window(MarketPhase.OPEN, "18:15", "19:15")));
    return new TradingCalendar(
        List.of(
            new ExchangeRules.Scheduled(
                "NSE",
                INDIA,
                FIRST,
                LocalDate.of(2026, 7, 31),
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Map.of(FIRST.plusDays(2), new ClosedDay("a holiday", Set.of(), Set.of())),
                Map.of(FIRST.plusDays(13), muhurat),
                Map.of(
                    MarketClass.CASH, day("15:30", null),
                    MarketClass.INDEX, day("15:30", null),
                    MarketClass.CASH_FNO, day("15:15", "15:35"),
                    MarketClass.EQUITY_DERIVATIVES, day("15:45", null))),
            new ExchangeRules.Scheduled(
                "MCX",
                INDIA,
                FIRST,
                LocalDate.of(2026, 7, 31),
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                Map.of(),
                Map.of(),
                Map.of(
                    MarketClass.COMMODITY,
                    List.of(
                        new Timetable(
                            FIRST,
                            List.of(window(MarketPhase.OPEN, "09:00", "23:30")),
                            ExpiryTimes.AS_OTHER_DAYS)))),
            new ExchangeRules.RoundTheClock("BINANCE", ExpiryTimes.AS_OTHER_DAYS)));
  }

  private static List<Timetable> day(String close, @Nullable String auctionEnd) {
    List<PhaseWindow> windows = new ArrayList<>();
    windows.add(window(MarketPhase.PRE_OPEN, "09:00", "09:15"));
    windows.add(window(MarketPhase.OPEN, "09:15", close));
    if (auctionEnd != null) {
      windows.add(window(MarketPhase.CLOSING_AUCTION, close, auctionEnd));
    }
    return List.of(new Timetable(FIRST, windows, ExpiryTimes.AS_OTHER_DAYS));
  }

  private static PhaseWindow window(MarketPhase phase, String from, String until) {
    return new PhaseWindow(
        phase, null, PhaseWindow.REGULAR, TimeOfDay.parse(from), TimeOfDay.parse(until), null);
  }

  /** A time of the first day, or of another one of June, such as {@code 2T09:15}, in India. */
  static long at(String text) {
    int mark = text.indexOf('T');
    int day = mark < 0 ? 1 : Integer.parseInt(text.substring(0, mark));
    return LocalDateTime.of(LocalDate.of(2026, 6, day), LocalTime.parse(text.substring(mark + 1)))
        .atZone(INDIA)
        .toInstant()
        .toEpochMilli();
  }

  BarTape trade(Instrument instrument, String time, String price, @Nullable String quantity) {
    return trade(instrument, at(time), price, quantity);
  }

  BarTape trade(Instrument instrument, long time, String price, @Nullable String quantity) {
    pass(time);
    BigDecimal exact = quantity == null ? null : new BigDecimal(quantity);
    return tick(
        new Tick.Trade(
            instrument,
            new Times(time, time),
            Tick.NO_ID,
            new BigDecimal(price),
            exact,
            null,
            null));
  }

  /** A trade of the share. */
  BarTape trade(String time, String price, String quantity) {
    return trade(SHARE, time, price, quantity);
  }

  private void pass(long millis) {
    if (passesTime && millis > now) {
      time(millis);
    }
  }

  BarTape value(String time, String value) {
    pass(at(time));
    return tick(new Tick.IndexValue(NIFTY, new Times(at(time), at(time)), new BigDecimal(value)));
  }

  BarTape lastPrice(Instrument instrument, String time, String price) {
    return tick(
        new Tick.LastPrice(instrument, new Times(at(time), at(time)), new BigDecimal(price)));
  }

  BarTape dayVolume(Instrument instrument, String time, String volume) {
    return tick(
        new Tick.DayStats(
            instrument,
            new Times(0, at(time)),
            null,
            null,
            null,
            new BigDecimal(volume),
            null,
            null));
  }

  BarTape tick(Tick tick) {
    market.onTick(tick);
    market.onFrameEnd();
    return this;
  }

  BarTape time(String time) {
    return time(at(time));
  }

  BarTape time(long millis) {
    now = millis;
    market.onTime(millis);
    return this;
  }

  /** Passes the time in steps of 50 ms, as a source does. */
  BarTape pass(String from, String until) {
    for (long millis = at(from); millis <= at(until); millis += 50) {
      market.onTime(millis);
    }
    return this;
  }

  /** What was told of bars since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  /** What was told of a frame's bars since the last call. */
  List<String> take(String frame) {
    return take().stream().filter(line -> line.startsWith(frame + " ")).toList();
  }

  long count(BarCounts.Reason reason) {
    return counts.get(reason);
  }

  static String text(Bar bar) {
    Ohlc prices = bar.prices();
    StringBuilder text =
        new StringBuilder(
            "%s %s %s %s %s %s v%s n%d"
                .formatted(
                    bar.frame(),
                    TIME.format(Instant.ofEpochMilli(bar.time())),
                    plain(prices.open()),
                    plain(prices.high()),
                    plain(prices.low()),
                    plain(prices.close()),
                    bar.volume() == null ? "?" : plain(bar.volume()),
                    bar.count()));
    Bar.State state = bar.state();
    text.append(state.closed() ? " closed" : "");
    text.append(state.revision() > 0 ? " rev" + state.revision() : "");
    return text.append(state.partial() ? " partial" : "").toString();
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null ? "?" : value.stripTrailingZeros().toPlainString();
  }

  @Override
  public void onEvent(MarketEvent event) {
    if (event instanceof MarketEvent.BarChanged changed) {
      bars.add(changed);
      lines.add(text(changed.bar()));
    }
    others.accept(event);
  }

  /** Hears all events. */
  Consumer<MarketEvent> others = _ -> {};

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
