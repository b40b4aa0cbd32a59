package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.EmbeddedBus;
import dev.tapeline.core.EmbeddedCache;
import dev.tapeline.market.Instruments;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.rest.Door;
import dev.tapeline.server.rest.Readiness;
import dev.tapeline.server.rest.RestParts;
import dev.tapeline.server.rest.RestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** The running server: all parts of its role, joined. */
public final class Tapeline implements AutoCloseable {

  private static final int MAX_INSTRUMENTS = 200_000;
  private static final int MAX_CACHE_KEYS = 500_000;

  private final Settings settings;
  private final Readiness readiness = new Readiness();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Instruments instruments = new Instruments(MAX_INSTRUMENTS);
  private final Bus bus;
  private final Cache cache;
  private final RestServer rest;

  private Tapeline(Settings settings) {
    this.settings = settings;
    this.bus = new EmbeddedBus(settings.limits().channels());
    this.cache = new EmbeddedCache(MAX_CACHE_KEYS, () -> System.nanoTime() / 1_000_000);
    RestParts parts =
        new RestParts(settings, bus, cache, instruments, readiness, meters, InstantSource.system());
    this.rest =
        new RestServer(
            parts, new Door.Port(settings.listen().bindHost(), settings.listen().apiPort()));
  }

  public static Tapeline start(Settings settings) {
    Tapeline tapeline = new Tapeline(settings);
    tapeline.rest.start();
    return tapeline;
  }

  /** The ports that the server listens on; the first has everything. */
  public List<Integer> ports() {
    return List.of(settings.listen().apiPort());
  }

  @Override
  public void close() {
    readiness.drain();
    rest.close();
    bus.close();
    cache.close();
  }
}
