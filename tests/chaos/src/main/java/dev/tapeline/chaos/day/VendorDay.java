package dev.tapeline.chaos.day;

import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.Store;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A day of three simulated vendors at 50 times speed, a node that is connected to all of them and
 * to a Redis, and its clients. Each minute of the market something goes wrong at a vendor. At the
 * end the markets stand still, and all prices are compared. Owned by one thread.
 */
public final class VendorDay implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A pool ends its threads when they had no work for a minute. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  /** The longest wait that follows from several faults in a row, and some more. */
  private static final Duration RECOVERY = Duration.ofSeconds(150);

  private static final int FEWEST_PRICES = 250;
  private static final int MINUTES_A_SAMPLE = 4;
  private static final int UNWATCHED_IN = 25;

  private final DayPlan plan;
  private final Consumer<String> out;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Store store;
  private final Map<VendorName, VendorStand> vendors = new EnumMap<>(VendorName.class);
  private final Map<VendorName, Set<String>> watched = new EnumMap<>(VendorName.class);
  private final Set<String> asked = new TreeSet<>();
  private final DayNode node;
  private final List<PriceClient> clients = new ArrayList<>();

  /**
   * Starts all.
   *
   * @param folder of what the processes write
   * @param out gets a line about what happens now and then
   */
  public VendorDay(DayPlan plan, Path folder, Consumer<String> out) {
    this.plan = plan;
    this.out = out;
    store = Store.of(Store.Kind.SINGLE, folder, false);
    store.start();
    for (VendorName name : VendorName.values()) {
      vendors.put(name, VendorStand.start(name, plan.market(), http));
    }
    vendors.forEach(this::choose);
    store.awaitReady(LIMIT);
    node = new DayNode(folder, http, store.url(), vendors, watched);
    node.start();
  }

  /** Chooses what is watched always, and what is only asked for now and then. */
  private void choose(VendorName name, VendorStand stand) {
    int fewest = name == VendorName.BINANCE ? 1 : FEWEST_PRICES;
    Pause.until("prices of " + name, LIMIT, () -> stand.lastPrices().size() >= fewest);
    Set<String> keys = new TreeSet<>(stand.lastPrices().keySet());
    keys.remove("BINANCE:TATAINR"); // Binance has no prices in rupees, and the node knows it
    int number = 0;
    for (String key : List.copyOf(keys)) {
      number++;
      if (number % UNWATCHED_IN == 0) {
        keys.remove(key);
        asked.add(key);
      }
    }
    watched.put(name, keys);
  }

  private Set<String> allWatched() {
    Set<String> all = new TreeSet<>();
    watched.values().forEach(all::addAll);
    return all;
  }

  /** Runs the day. */
  public DayReport run() {
    PriceClient all =
        client(List.of("{\"channel\":\"market:tick:*\",\"mode\":\"latest\"," + "\"maxRate\":2}"));
    awaitLive();
    Pause.until("prices of all", LIMIT, () -> all.prices().keySet().containsAll(allWatched()));
    PriceClient trades = client(details(all.symbols()));
    try (NodeProbe probe = new NodeProbe(node.pid());
        PricePage page = new PricePage(node, asked)) {
      NodeSample before = probe.sample();
      out.accept("before: " + before);
      FaultDealer dealer = new FaultDealer(plan, vendors, node);
      List<NodeSample> samples = play(dealer, probe);
      dealer.end();
      out.accept("faults are over: " + dealer.dealt());
      awaitLive();
      List<String> differences = compare(all);
      vendors.values().forEach(VendorStand::resume); // or streams that stall are opened again
      page.close();
      NodeSample after = settle(probe, before);
      List<String> problems = new ArrayList<>(all.problems());
      problems.addAll(trades.problems());
      problems.addAll(page.problems());
      out.accept(trades.figures() + "; " + page);
      return new DayReport(
          dealer.dealt(),
          dealer.idle(),
          before,
          samples,
          after,
          allWatched().size(),
          differences,
          trades.numberedChannels(),
          problems);
    }
  }

  private PriceClient client(List<String> entries) {
    PriceClient client = new PriceClient(http, node.port());
    clients.add(client);
    client.subscribe(entries);
    return client;
  }

  /** Channels of trades and books, and a chain that is polled. */
  private List<String> details(Map<String, String> symbols) {
    List<String> entries = new ArrayList<>();
    for (VendorName name : VendorName.values()) {
      watched.getOrDefault(name, Set.of()).stream()
          .limit(40)
          .map(key -> symbols.getOrDefault(key, ""))
          .forEach(symbol -> entries.add("\"trade@%s\"".formatted(symbol)));
    }
    entries.add("\"depth@BTCUSDT\"");
    return entries;
  }

  private void awaitLive() {
    Pause.until(
        "all sources are live; they are " + node.states(),
        RECOVERY,
        () -> {
          Pause.millis(200);
          Map<String, String> states = node.states();
          return states.size() == vendors.size()
              && states.values().stream().allMatch(state -> state.startsWith("live"));
        });
  }

  private List<NodeSample> play(FaultDealer dealer, NodeProbe probe) {
    List<NodeSample> samples = new ArrayList<>();
    long begin = System.nanoTime();
    for (int minute = 0; minute < plan.minutes(); minute++) {
      long due = begin + minute * DayPlan.MINUTE.toNanos();
      Pause.millis((due - System.nanoTime()) / 1_000_000);
      dealer.minute();
      if (minute % MINUTES_A_SAMPLE == 0) {
        NodeSample sample = probe.sample();
        samples.add(sample);
        out.accept("minute %d: %s; %s".formatted(minute, sample, node.states()));
      }
    }
    return samples;
  }

  /**
   * Compares the last prices of the node with those of the vendors while the markets stand still. A
   * price that a fault has kept from the node comes with the next change of its instrument, so the
   * markets go on for a while where prices differ.
   */
  private List<String> compare(PriceClient client) {
    List<String> differences = new ArrayList<>();
    long end = System.nanoTime() + LIMIT.toNanos();
    do {
      vendors.values().forEach(VendorStand::halt);
      Map<String, BigDecimal> truth = new HashMap<>();
      vendors.values().forEach(stand -> truth.putAll(stand.lastPrices()));
      truth.keySet().retainAll(allWatched());
      Pause.became(Duration.ofSeconds(5), () -> differ(truth, client).isEmpty());
      differences = differ(truth, client);
      out.accept("%d prices differ".formatted(differences.size()));
      if (!differences.isEmpty()) {
        vendors.values().forEach(VendorStand::resume);
        Pause.millis(3_000);
      }
    } while (!differences.isEmpty() && System.nanoTime() < end);
    return differences;
  }

  private List<String> differ(Map<String, BigDecimal> truth, PriceClient client) {
    Map<String, BigDecimal> told = client.prices();
    Map<String, BigDecimal> cached = node.prices(List.copyOf(truth.keySet()));
    List<String> differences = new ArrayList<>();
    truth.forEach((key, price) -> {
      if (!isSame(price, told.get(key)) || !isSame(price, cached.get(key))) {
        differences.add(
            "%s is %s, the client has %s and the cache %s"
                .formatted(key, price, told.get(key), cached.get(key)));
      }
    });
    return differences;
  }

  private static boolean isSame(BigDecimal one, @Nullable BigDecimal other) {
    return other != null && one.compareTo(other) == 0;
  }

  /** Waits until threads and handles are those from before; returns what they are then. */
  private NodeSample settle(NodeProbe probe, NodeSample before) {
    NodeSample[] last = {probe.sample()};
    Pause.became(
        IDLE,
        () -> {
          Pause.millis(500);
          last[0] = probe.sample();
          return !DayReport.hasMoreThreads(before, last[0])
              && !DayReport.hasMoreHandles(before, last[0]);
        });
    return last[0];
  }

  /** The log of the node so far. */
  public String log() {
    return node.log();
  }

  /** The faults that the sources have counted, by source and kind. */
  public Map<String, Double> counted() {
    return new TreeMap<>(node.metrics("tapeline_feed_"));
  }

  @Override
  public void close() {
    clients.forEach(PriceClient::close);
    node.close();
    vendors.values().forEach(VendorStand::close);
    store.close();
    http.shutdownNow();
  }
}
