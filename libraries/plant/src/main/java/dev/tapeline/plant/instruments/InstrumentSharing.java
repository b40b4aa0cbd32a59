package dev.tapeline.plant.instruments;

import dev.tapeline.core.Cache;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.instruments.InstrumentJson;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the instruments of sources among the nodes of a system, by the cache, so that every node
 * can look them up. The node that runs a source writes its list, in parts of {@value #PART}, when
 * it has changed, and renews it; the other nodes read it when its revision has changed. Its thread
 * is {@code instruments}.
 */
public final class InstrumentSharing implements AutoCloseable {

  static final int PART = 1_000;

  private static final long PERIOD_MILLIS = 2_000;
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final long RENEW_NANOS = Duration.ofMinutes(3).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(InstrumentSharing.class);

  private final Cache cache;
  private final Instruments instruments;
  private final Supplier<Set<String>> held;
  private final Supplier<Set<String>> all;
  private final long start;
  private final InstrumentJson json = new InstrumentJson();
  private final Map<String, Written> written = new HashMap<>();
  private final Map<String, String> read = new HashMap<>();
  private final ScheduledExecutorService thread = new OwnThread("instruments");
  private boolean failing;

  /** The revision that was written for a source, and when. */
  private record Written(long revision, long nanos) {}

  /**
   * Creates the sharing, which does not start yet.
   *
   * @param held the names of the sources that this node runs at present
   * @param all the names of all sources of the system, as far as they are known
   * @param start tells this process from others that run the same source, epoch ms UTC
   */
  public InstrumentSharing(
      Cache cache,
      Instruments instruments,
      Supplier<Set<String>> held,
      Supplier<Set<String>> all,
      long start) {
    this.cache = cache;
    this.instruments = instruments;
    this.held = held;
    this.all = all;
    this.start = start;
  }

  public void start() {
    var _ = thread.scheduleWithFixedDelay(this::share, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  void share() {
    try {
      Set<String> mine = held.get();
      Set<String> names = new HashSet<>(all.get());
      names.addAll(mine);
      if (!names.isEmpty()) {
        share(mine, names);
      }
      failing = false;
    } catch (CompletionException | IllegalArgumentException e) {
      if (!failing) {
        log.warn("instruments are not shared: {}", reason(e));
      }
      failing = true;
    }
  }

  private void share(Set<String> mine, Set<String> names) {
    Map<String, String> versions =
        await(cache.getAll(names.stream().map(Keys::instruments).toList()));
    written.keySet().retainAll(mine);
    for (String source : names) {
      String version = versions.get(Keys.instruments(source));
      if (mine.contains(source)) {
        writeIfDue(source, version != null);
      } else if (version != null && !version.equals(read.get(source))) {
        read(source, version);
      }
    }
  }

  private static String reason(RuntimeException error) {
    return String.valueOf(error.getCause() == null ? error.getMessage() : error.getCause());
  }

  /**
   * Writes the list of a source if it has changed, is old, or is gone.
   *
   * @param isThere whether the cache has it
   */
  private void writeIfDue(String source, boolean isThere) {
    long revision = instruments.revision(source);
    Written before = isThere ? written.get(source) : null;
    long now = System.nanoTime();
    boolean isDue =
        before == null || before.revision() != revision || now - before.nanos() > RENEW_NANOS;
    if (isDue && revision > 0) {
      write(source, revision);
      written.put(source, new Written(revision, now));
    }
  }

  private void write(String source, long revision) {
    List<Instrument> list = instruments.of(source);
    int parts = 0;
    for (int begin = 0; begin < list.size(); begin += PART) {
      String text = json.write(list.subList(begin, Math.min(list.size(), begin + PART)));
      await(cache.write(List.of(put(Keys.instruments(source, parts), text))));
      parts++;
    }
    String version = "%d-%d %d".formatted(start, revision, parts);
    await(cache.write(List.of(put(Keys.instruments(source), version))));
  }

  private static Cache.Write put(String key, String value) {
    return new Cache.Write.Put(key, value, TTL);
  }

  private void read(String source, String version) {
    int parts = Integer.parseInt(version.substring(version.indexOf(' ') + 1));
    List<Instrument> found = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      String key = Keys.instruments(source, part);
      String text = await(cache.getAll(List.of(key))).get(key);
      if (text == null) {
        return; // it is being rewritten, or was evicted: the next look finds it
      }
      found.addAll(json.read(text));
    }
    List<String> leftOut = new ArrayList<>();
    found.forEach(instrument -> add(source, instrument).ifPresent(leftOut::add));
    if (!leftOut.isEmpty()) {
      log.warn(
          "{} instruments of the source {} are left out, such as: {}",
          leftOut.size(),
          source,
          leftOut.getFirst());
    }
    read.put(source, version);
  }

  /**
   * Adds an instrument; why not, if that is not possible. The same one of another source is as
   * good: recordings of two days have the same instruments.
   */
  private Optional<String> add(String source, Instrument instrument) {
    if (instruments.bySymbol(instrument.symbol()).filter(instrument::equals).isPresent()) {
      return Optional.empty();
    }
    try {
      instruments.add(source, instrument);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
