package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.core.WritesRefusedException;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.Refusals.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** How many lines an outage of Redis is worth: all that a node has on it is lost at once. */
@Isolated("it reads the log of all buses in this JVM")
class LoggedLinesTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tapeline.redis");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final BusRecorder recorder = new BusRecorder();
  private RealRedis redis;
  private RedisConnector connector;
  private RedisBus bus;
  private RedisLeases leases;
  private RedisAdopter adopter;
  private RedisCache cache;

  @BeforeEach
  void start() {
    DurableRules rules = DurableRules.of("d:*");
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings());
    bus = new RedisBus(connector, rules);
    leases = new RedisLeases(connector, bus);
    adopter = new RedisAdopter(connector, bus, leases, rules, "n1");
    cache = new RedisCache(connector);
    bus.start(recorder);
    bus.subscribe(Selector.parse("d:*"));
    adopter.start();
    awaitAll();
    lines.start();
    logger.addAppender(lines);
  }

  private void awaitAll() {
    Await.until(
        () -> cache.isUp() && bus.state() == State.UP && adopter.partitions() == Partitions.COUNT);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    adopter.close();
    cache.close();
    bus.close();
    leases.close();
    connector.close();
    redis.close();
  }

  /** The refusals are over, and the log says so: it does a moment later. */
  private void awaitWritesAgain() {
    Await.until(
        Duration.ofSeconds(30),
        () -> connector.refusals().present().isEmpty() && said("Redis takes writes again") == 1);
    awaitAll();
  }

  /** What the log has, but debug lines. */
  private List<String> said() {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private long said(String part) {
    return said().stream().filter(line -> line.contains(part)).count();
  }

  @Test
  void aCrashIsAFewLines() {
    redis.kill();
    Await.until(() -> bus.state() == State.DOWN && !cache.isUp() && adopter.partitions() == 0);
    redis.start();
    awaitAll();
    Await.until(() -> said("Connected to Redis") == 1);
    assertEquals(1, said("Lost Redis at "), said()::toString);
    assertTrue(said().size() <= 6, said()::toString);
  }

  @Test
  void aMasterWithoutItsReplicasIsTold() {
    redis.ask("CONFIG SET min-replicas-to-write 1");
    Await.until(() -> connector.refusals().present().equals(Optional.of(Reason.REPLICAS)));
    redis.ask("CONFIG SET min-replicas-to-write 0");
    awaitWritesAgain();
    assertEquals(2, said().size(), said()::toString);
  }

  @Test
  void aFullRedisIsOneLineWhenItBeginsAndOneWhenItEnds() {
    redis.ask("CONFIG SET maxmemory 1");
    Await.until(() -> {
      redis.ask("PUBLISH d:plain x");
      return adopter.lost() > 2;
    });
    assertEquals(Optional.of(Reason.FULL), connector.refusals().present());
    assertEquals(
        Optional.of("Redis is full: it takes no writes"),
        bus.publish(List.of(Publication.of("d:a", "x")))
            .handle((_, error) -> WritesRefusedException.messageIn(error))
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join());
    redis.ask("CONFIG SET maxmemory 0");
    awaitWritesAgain();
    List<String> said = said();
    assertEquals(2, said.size(), said::toString);
    assertTrue(said.getFirst().startsWith("Redis is full: it takes no writes (OOM): raise"));
    assertTrue(said.getLast().startsWith("Redis takes writes again; it refused "));
    assertTrue(connector.refusals().total() > 2);
    assertEquals(List.of(State.UP), recorder.states());
  }
}
