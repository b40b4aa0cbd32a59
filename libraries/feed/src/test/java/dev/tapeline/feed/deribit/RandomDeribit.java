package dev.tapeline.feed.deribit;

import static dev.tapeline.feed.deribit.DeribitTalk.CALL;
import static dev.tapeline.feed.deribit.DeribitTalk.CHAIN;
import static dev.tapeline.feed.deribit.DeribitTalk.INDEX;
import static dev.tapeline.feed.deribit.DeribitTalk.PERPETUAL;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An exchange whose book walks at random, behind a network that loses and doubles messages. */
final class RandomDeribit {

  private static final String NAME = "BTC-PERPETUAL";
  private static final String CHANNEL = "book.BTC-PERPETUAL.100ms";

  final DeribitTalk talk = new DeribitTalk();

  /** The bids after each change, as {@code price x amount}. */
  final Map<Long, String> history = new HashMap<>();

  private final Random random;
  private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
  private final Deque<String> snapshots = new ArrayDeque<>();
  private String newest = "";
  private boolean subscribed;
  private boolean reliable;
  private long id = 100;
  private long sequence;

  RandomDeribit(long seed) {
    random = new Random(seed);
    history.put(id, text(bids));
    talk.arrive(
        new Arrival.Watch(
            new Watchlist(
                Map.of(PERPETUAL, Detail.BOOK, INDEX, Detail.PRICE),
                Set.of(CHAIN),
                Set.of(CALL),
                Set.of()),
            talk.now()));
    talk.opened();
    talk.list(90_000, 100_000);
    serve();
  }

  static String text(Map<BigDecimal, BigDecimal> side) {
    return side.entrySet().stream()
        .map(level -> level.getKey() + " x " + level.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Loses nothing from now on. */
  void becomeReliable() {
    reliable = true;
  }

  void step() {
    int choice = random.nextInt(100);
    if (choice < 55) {
      change();
    } else if (choice < 75) {
      talk.pass(choice < 60 ? 2000 : 100);
      serve();
    } else if (choice < 85) {
      deliverSnapshot();
    } else if (choice < 95 || reliable) {
      other(random.nextInt(6));
    } else if (choice < 97) {
      talk.broke();
      subscribed = false;
      snapshots.clear();
      talk.pass(100);
      talk.opened();
      serve();
    } else if (!newest.isEmpty()) {
      talk.frame(newest);
    }
  }

  private void change() {
    long previous = id;
    id += 1 + random.nextInt(3);
    BigDecimal price = new BigDecimal(1 + random.nextInt(12));
    String action;
    BigDecimal amount = BigDecimal.valueOf(random.nextInt(4));
    if (amount.signum() == 0) {
      action = "delete";
      bids.remove(price);
    } else {
      action = bids.put(price, amount) == null ? "new" : "change";
    }
    history.put(id, text(bids));
    newest =
        push(
            """
            {"type":"change","timestamp":%d,"prev_change_id":%d,"change_id":%d,\
            "bids":[["%s",%s,%s]],"asks":[]}\
            """
                .formatted(talk.now(), previous, id, action, price, amount));
    if (subscribed && snapshots.isEmpty() && isDelivered()) {
      talk.frame(newest);
    }
  }

  private boolean isDelivered() {
    return reliable || random.nextInt(20) > 0;
  }

  private static String push(String data) {
    return DeribitTalk.notification(CHANNEL, data);
  }

  /** Does what was asked for: a subscription is answered with a snapshot, some time later. */
  private void serve() {
    for (String request : talk.requests) {
      if (request.startsWith("unsubscribe") && request.contains(CHANNEL)) {
        subscribed = false;
      } else if (request.startsWith("subscribe") && request.contains(CHANNEL)) {
        subscribed = true;
        snapshots.add("");
      }
    }
    talk.requests.clear();
  }

  private void deliverSnapshot() {
    if (!subscribed || snapshots.poll() == null || !isDelivered()) {
      return;
    }
    String levels =
        bids.entrySet().stream()
            .map(level -> "[\"new\",%s,%s]".formatted(level.getKey(), level.getValue()))
            .collect(Collectors.joining(",", "[", "]"));
    talk.frame(
        push(
            "{\"type\":\"snapshot\",\"timestamp\":%d,\"change_id\":%d,\"bids\":%s,\"asks\":[]}"
                .formatted(talk.now(), id, levels)));
  }

  private void other(int choice) {
    switch (choice) {
      case 0 -> talk.ticker(NAME, "\"last_price\":%d".formatted(random.nextInt(9) + 1));
      case 1 -> {
        sequence += random.nextInt(3);
        talk.trade(NAME, sequence, "5.5");
      }
      case 2 -> talk.ticker("BTC-25DEC26-90000-P", "\"mark_iv\":%d".formatted(sequence + 1));
      case 3 ->
          talk.push(
              "markprice.options.btc_usd",
              "[{\"instrument_name\":\"BTC-25DEC26-90000-P\",\"iv\":0.5,\"timestamp\":%d}]"
                  .formatted(talk.now()));
      case 4 ->
          talk.answer(
              "ticker:" + CALL.securityId(),
              talk.tickerData(CALL.securityId(), "\"last_price\":0.1"));
      default -> talk.index("btc_usd", "10%d".formatted(random.nextInt(9)));
    }
  }
}
