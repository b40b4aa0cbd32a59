package dev.tapeline.plant.supply;

import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.Watchlist;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All sources of a node. Safe for all threads. */
public final class Supply implements AutoCloseable {

  /** How long the lease of a source outlives a node that holds it and dies. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);

  private final List<Source> sources;

  private Supply(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * Begins to run or to stand by for each of the sources.
   *
   * @param node the name of this node
   * @param statuses gets the states of sources, on their threads
   * @throws IllegalArgumentException if two have the same name
   * @throws dev.tapeline.feed.FeedException if one of them could not be connected to
   */
  public static Supply start(
      List<SourceSpec> specs,
      PlantBus bus,
      String node,
      InstantSource clock,
      Consumer<SourceStatus> statuses,
      MeterRegistry meters) {
    check(specs);
    long voters = specs.stream().filter(SourceSpec::runsAlone).count();
    AsideVotes votes = new AsideVotes(bus, voters);
    Supply supply =
        new Supply(
            specs.stream()
                .map(spec -> new Source(spec, bus, votes, node, clock, statuses, meters))
                .toList());
    try {
      supply.sources.forEach(Source::start);
    } catch (RuntimeException e) {
      supply.close();
      throw e;
    }
    return supply;
  }

  private static void check(List<SourceSpec> specs) {
    Set<String> names = new HashSet<>();
    for (SourceSpec spec : specs) {
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException("two sources are named " + spec.name());
      }
    }
  }

  public boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Whether one of the sources can run while the bus is away. */
  public boolean runsAlone() {
    return sources.stream().anyMatch(Source::runsAlone);
  }

  /** The leases of sources that this node holds. */
  public List<String> leases() {
    return sources.stream().flatMap(source -> source.leases().stream()).toList();
  }

  /** The names of the sources that this node runs at present, as the holder of their leases. */
  public Set<String> held() {
    return sources.stream().filter(Source::isHeld).map(Source::name).collect(Collectors.toSet());
  }

  /** The names of all sources. */
  public Set<String> names() {
    return sources.stream().map(Source::name).collect(Collectors.toSet());
  }

  /** Says what the source of this name is to watch from now on; ignored if there is none. */
  public void watch(String source, Watchlist watchlist) {
    sources.stream().filter(one -> one.name().equals(source)).forEach(one -> one.watch(watchlist));
  }

  /**
   * Publishes in the name of a source what is not part of its market, as the holder of its lease;
   * without it to this node's own clients, while the bus is away.
   */
  public CompletionStage<Void> publish(String source, List<Publication> batch) {
    return sources.stream()
        .filter(one -> one.name().equals(source))
        .findFirst()
        .map(one -> one.publish(batch))
        .orElseGet(() ->
            CompletableFuture.failedFuture(
                new IllegalArgumentException("no source is named " + source)));
  }

  /** The states of all sources. */
  public List<SourceReport> reports() {
    return sources.stream().map(Source::report).toList();
  }

  /** The sources that no node runs, and why, as far as this node knows; empty if there are none. */
  public Optional<String> problem() {
    String all =
        sources.stream()
            .map(Source::problem)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return Optional.of(all).filter(text -> !text.isEmpty());
  }

  /** Why no node runs the source of this name, as far as this node knows. */
  public Optional<String> problem(String source) {
    return sources.stream()
        .filter(one -> one.name().equals(source))
        .findFirst()
        .flatMap(Source::problem);
  }

  /** The sources that this node runs and nothing comes from, by name, and why. */
  public Map<String, String> silences() {
    Map<String, String> silent = new TreeMap<>();
    sources.forEach(source -> source.silence().ifPresent(why -> silent.put(source.name(), why)));
    return silent;
  }

  /**
   * Notes what another node reports of a source for which this node stands by.
   *
   * @param reported the status of the source on the node that has the lease; null if that has
   *     reported none
   */
  public void heard(Leases.Standing standing, @Nullable SourceStatus reported) {
    sources.stream()
        .filter(source -> source.lease().equals(standing.lease()))
        .forEach(source -> source.heard(standing.holder(), reported));
  }

  /** Ends all runs and releases the leases, so that other nodes can have them at once. */
  @Override
  public void close() {
    sources.forEach(Source::close);
  }
}
