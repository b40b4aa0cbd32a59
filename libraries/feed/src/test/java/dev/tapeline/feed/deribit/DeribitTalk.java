package dev.tapeline.feed.deribit;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays Deribit towards a session, and keeps what it asks for and what it says. */
final class DeribitTalk implements VendorLink {

  static final String SOCKET = "deribit";
  static final Instrument PERPETUAL = DeribitInstruments.named("BTC-PERPETUAL");
  static final Instrument CALL = DeribitInstruments.named("BTC-25DEC26-100000-C");
  static final Instrument INDEX = DeribitInstruments.named("btc_usd");
  static final Instrument DVOL = DeribitInstruments.named("DVOL.btc_usd");
  static final ChainKey CHAIN = new ChainKey("BTC_USD", LocalDate.of(2026, 12, 25));

  private static final Pattern REQUEST =
      Pattern.compile(
          "\\{\"jsonrpc\":\"2\\.0\",\"id\":(\\d+),\"method\":\"public/(\\w+)\",\"params\":(.*)}");

  /** What the session asked for, in order: {@code subscribe a,b}, {@code call ticker:X}, … */
  final List<String> requests = new ArrayList<>();

  final List<String> addresses = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final List<List<Instrument>> announced = new ArrayList<>();
  final List<Arrival> arrivals = new ArrayList<>();
  final TickBuffer ticks = new TickBuffer();

  /** Channels that are silently left out of answers. */
  final Set<String> unknown = new HashSet<>();

  private final List<String> pending = new ArrayList<>();
  private final DeribitSession session;
  private boolean deaf;
  private int seen;
  private long lastId;
  private long now = 1_800_000_000_000L;

  DeribitTalk(DeribitOptions options) {
    session = new DeribitSession(options, this, announced::add);
  }

  DeribitTalk() {
    this(options(DeribitOptions.Streams.DEFAULT));
  }

  /** Options under which no list is asked for without demand. */
  static DeribitOptions options(DeribitOptions.Streams streams) {
    return new DeribitOptions(DeribitOptions.Hosts.DEFAULT, streams, List.of(), 7);
  }

  /** A conversation that watches one instrument and is connected; its requests are forgotten. */
  static DeribitTalk of(Instrument instrument, Detail detail) {
    DeribitTalk talk = new DeribitTalk();
    talk.watch(Map.of(instrument, detail));
    talk.opened();
    talk.pass(200);
    talk.requests.clear();
    return talk;
  }

  /** A conversation that watches the chain of these strikes and is connected. */
  static DeribitTalk ofChain(DeribitOptions.Streams streams, int... strikes) {
    DeribitTalk talk = new DeribitTalk(options(streams));
    talk.arrive(new Arrival.Watch(new Watchlist(Map.of(), Set.of(CHAIN)), talk.now));
    talk.opened();
    talk.pass(200);
    talk.list(strikes);
    talk.pass(200);
    return talk;
  }

  void arrive(Arrival arrival) {
    arrivals.add(arrival);
    session.onArrival(arrival, ticks);
  }

  long now() {
    return now;
  }

  /** Lets time pass, in steps of 100 ms, and answers what was asked on the socket. */
  void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now = Math.min(end, now + 100);
      arrive(new Arrival.Time(now));
      confirm();
    }
  }

  /** Lets time pass with a sign of life every ten seconds. */
  void idle(Duration time) {
    for (long i = 0; i < time.toSeconds(); i += 10) {
      now += 10_000;
      frame("{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"heartbeat\"}}");
      arrive(new Arrival.Time(now));
      confirm();
    }
  }

  void watch(Map<Instrument, Detail> instruments) {
    arrive(new Arrival.Watch(Watchlist.of(new LinkedHashMap<>(instruments)), now));
  }

  void ask(Instrument... instruments) {
    arrive(
        new Arrival.Watch(new Watchlist(Map.of(), Set.of(), Set.of(instruments), Set.of()), now));
  }

  void opened() {
    arrive(new Arrival.Opened(SOCKET, now));
  }

  void ended(SocketEnd end) {
    pending.clear();
    arrive(new Arrival.Ended(SOCKET, end, now));
  }

  void broke() {
    ended(new SocketEnd.Broken("reset"));
  }

  void frame(String json) {
    arrive(new Arrival.Frame(SOCKET, true, bytes(json), now));
  }

  void push(String channel, String data) {
    frame(notification(channel, data));
  }

  /** A notification of a channel. */
  static String notification(String channel, String data) {
    return """
    {"jsonrpc":"2.0","method":"subscription","params":{"channel":"%s","data":%s}}\
    """
        .formatted(channel, data);
  }

  /** Pushes a ticker with these members besides the usual ones. */
  void ticker(String name, String members) {
    push("ticker.%s.100ms".formatted(name), tickerData(name, members));
  }

  String tickerData(String name, String members) {
    return "{\"timestamp\":%d,\"instrument_name\":\"%s\",\"state\":\"open\",%s}"
        .formatted(now, name, members);
  }

  void trade(String name, long sequence, String price) {
    push("trades.%s.100ms".formatted(name), "[" + tradeRow(name, sequence, price) + "]");
  }

  String tradeRow(String name, long sequence, String price) {
    return """
    {"trade_seq":%d,"trade_id":"9","timestamp":%d,"instrument_name":"%s","price":%s,\
    "amount":10.0,"direction":"buy","tick_direction":0}\
    """
        .formatted(sequence, now, name, price);
  }

  /** Answers the call for missed trades with these rows. */
  void missed(String name, String... rows) {
    answer(
        "trades:" + name, "{\"trades\":[%s],\"has_more\":false}".formatted(String.join(",", rows)));
  }

  void index(String name, String price) {
    push(
        "deribit_price_index." + name,
        "{\"timestamp\":%d,\"price\":%s,\"index_name\":\"%s\"}".formatted(now, price, name));
  }

  void snapshot(String name, long id, String bid) {
    push(
        "book.%s.100ms".formatted(name),
        """
        {"type":"snapshot","timestamp":%d,"instrument_name":"%s","change_id":%d,\
        "bids":[["new",%s,1.0]],"asks":[]}\
        """
            .formatted(now, name, id, bid));
  }

  void change(String name, long previous, long id, String bid) {
    push(
        "book.%s.100ms".formatted(name),
        """
        {"type":"change","timestamp":%d,"instrument_name":"%s","prev_change_id":%d,\
        "change_id":%d,"bids":[["new",%s,1.0]],"asks":[]}\
        """
            .formatted(now, name, previous, id, bid));
  }

  void answer(String call, String result) {
    answer(call, 200, "{\"jsonrpc\":\"2.0\",\"result\":%s,\"usDiff\":9}".formatted(result));
  }

  void answer(String call, int status, String body) {
    arrive(new Arrival.Answer(call, status, bytes(body), now));
  }

  /** Answers with the list of the chain with these strikes, a call and a put of each. */
  void list(int... strikes) {
    answer("instruments:BTC:option", listed(strikes));
  }

  static String listed(int... strikes) {
    return Arrays.stream(strikes)
        .boxed()
        .flatMap(strike -> List.of(option(strike, "call"), option(strike, "put")).stream())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String option(int strike, String type) {
    return """
    {"instrument_name":"BTC-25DEC26-%d-%s","kind":"option","option_type":"%s","strike":%d.0,\
    "expiration_timestamp":1798185600000,"tick_size":0.0005,"contract_size":1.0,\
    "price_index":"btc_usd","settlement_period":"month","state":"open","is_active":true}\
    """
        .formatted(strike, type.equals("call") ? "C" : "P", type, strike);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A number of instruments. */
  static Instrument[] many(int count, IntFunction<String> name) {
    return IntStream.range(0, count)
        .mapToObj(i -> DeribitInstruments.named(name.apply(i)))
        .toArray(Instrument[]::new);
  }

  /** Answers nothing from now on. */
  void answerNothing() {
    deaf = true;
  }

  /** The number of the newest request on the socket. */
  long lastId() {
    return lastId;
  }

  /** The requests of a kind since the last call of this method; all are forgotten. */
  List<String> take(String kind) {
    List<String> taken = requests.stream().filter(request -> request.startsWith(kind)).toList();
    requests.clear();
    return taken;
  }

  /** The ticks since the last call of this method, in short. */
  List<String> story() {
    List<Tick> all = ticks.ticks();
    List<String> story = all.subList(seen, all.size()).stream().map(DeribitTalk::text).toList();
    seen = all.size();
    return story;
  }

  static String text(Tick tick) {
    return switch (tick) {
      case Tick.Trade trade -> "trade %d at %s".formatted(trade.id(), trade.price());
      case Tick.Quote quote -> "quote %s %s".formatted(text(quote.bid()), text(quote.ask()));
      case Tick.LastPrice last -> "last " + last.price();
      case Tick.IndexValue value -> "%s %s".formatted(value.instrument().symbol(), value.value());
      case Tick.DayStats stats ->
          "day %s %s %s".formatted(stats.high(), stats.low(), stats.volume());
      case Tick.OpenInterest interest -> "open interest " + interest.value();
      case Tick.Marks marks -> marks(marks);
      case Tick.Depth depth ->
          "%s %d-%d %s"
              .formatted(
                  depth.snapshot() ? "whole" : "change",
                  depth.firstId(),
                  depth.lastId(),
                  depth.bids().stream().map(Level::price).map(BigDecimal::toPlainString).toList());
      case Tick.SessionStart start -> "start " + start.prevClose();
    };
  }

  private static String text(@Nullable BestPrice best) {
    return best == null ? "none" : "%s x %s".formatted(best.price(), best.quantity());
  }

  private static String marks(Tick.Marks marks) {
    return "marks %s iv %s/%s/%s price %s of %s"
        .formatted(
            marks.instrument().symbol(),
            marks.bidIv(),
            marks.iv(),
            marks.askIv(),
            marks.price(),
            marks.underlying());
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    requests.add("open %s %d".formatted(socket, Math.round(delay.toMillis() / 1000.0)));
    addresses.add(address.get().uri().toString());
  }

  @Override
  public void send(String socket, String text) {
    Matcher request = REQUEST.matcher(text);
    if (!request.matches()) {
      throw new AssertionError("no request: " + text);
    }
    lastId = Long.parseLong(request.group(1));
    String params = request.group(3);
    boolean names = params.startsWith("{\"channels\":[");
    String channels = names ? params.substring(13, params.length() - 2).replace("\"", "") : params;
    requests.add("%s %s".formatted(request.group(2), channels));
    if (!deaf) {
      String result = names ? accepted(channels) : "\"ok\"";
      pending.add(
          "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s,\"testnet\":false}"
              .formatted(lastId, result));
    }
  }

  private String accepted(String channels) {
    return Arrays.stream(channels.split(",", -1))
        .filter(channel -> !unknown.contains(channel))
        .map("\"%s\""::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void confirm() {
    List<String> due = List.copyOf(pending);
    pending.clear();
    due.forEach(this::frame);
  }

  @Override
  public void close(String socket) {
    pending.clear();
    requests.add("close " + socket);
  }

  @Override
  public void call(RestCall call) {
    requests.add("call " + call.name());
    addresses.add(call.address().get().uri().toString());
  }

  @Override
  public void rest(String budget, Duration pause) {
    requests.add("rest %s %d".formatted(budget, pause.toSeconds()));
  }

  @Override
  public void tell(FeedStatus.State state, @Nullable String reason) {
    told.add("%s %s".formatted(state.name().toLowerCase(Locale.ROOT), reason));
  }

  @Override
  public void fault(String kind, String reason) {
    faults.add(kind);
  }
}
