package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.fault.FaultSchedule.Step;
import dev.tapeline.chaos.fault.Link.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Carries out a schedule, each step in its own thread, and heals each fault again. Steps on the
 * same victim, and those on servers of Redis, wait for each other, so that nothing is started twice
 * and a master always has a replica to take its place.
 */
public final class Injector {

  private static final int SLOWEST_MILLIS = 300;
  private static final int NARROWEST = 4_000;
  private static final int WIDEST = 200_000;
  private static final int PARTITIONS = 16;

  /** The faults of clients. */
  public interface Crowd {

    /** A client stops reading, or reads on. */
    void pause(int client, boolean now);

    /** Clients come, subscribe and go, and those that are there lose their connections. */
    void storm(int strength);
  }

  private final Stand stand;
  private final Crowd crowd;
  private final BiConsumer<String, String> log;
  private final Object storeLock = new Object();
  private final Object sentinelLock = new Object();
  private final Object crowdLock = new Object();

  /** Injects faults into a stand, and reports them to the log. */
  public Injector(Stand stand, Crowd crowd, BiConsumer<String, String> log) {
    this.stand = stand;
    this.crowd = crowd;
    this.log = log;
  }

  /** Returns when all is healed. */
  public void run(FaultSchedule schedule) {
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (Step step : schedule.steps()) {
      threads.add(
          Thread.ofVirtual()
              .name("fault-" + step.fault())
              .start(() -> {
                Pause.millis(step.atMillis() - (System.nanoTime() - begin) / 1_000_000);
                perform(step);
              }));
    }
    threads.forEach(Injector::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void perform(Step step) {
    synchronized (victim(step)) {
      log.accept(step.fault().name(), step.toString());
      Runnable heal = harm(step);
      Pause.millis(step.lastsMillis());
      heal.run();
      log.accept("HEALED", step.fault().name());
    }
  }

  private Object victim(Step step) {
    return switch (step.fault()) {
      case KILL_REDIS, FREEZE_REDIS, FLUSH_REDIS, KICK_SUBSCRIBERS, KICK_ALL -> storeLock;
      case KILL_MASTER, FREEZE_MASTER, FAILOVER, KILL_REPLICA, MOVE_SLOT -> storeLock;
      case KILL_SENTINEL -> sentinelLock;
      case KILL_NODE, FREEZE_NODE -> site(step).node();
      case SLOW_LINK, NARROW_LINK, CUT_LINK, DEAD_LINK -> upstream(step);
      case CUT_CLIENTS, SLOW_CLIENTS -> site(step).downstream();
      case STOP_READING, STORM -> crowdLock;
    };
  }

  private Stand.Site site(Step step) {
    return stand.sites().get(step.target() % stand.sites().size());
  }

  private Link upstream(Step step) {
    return Objects.requireNonNull(site(step).upstream());
  }

  /** Injects the fault, and returns the action that heals it. */
  private Runnable harm(Step step) {
    return switch (step.fault()) {
      case KILL_NODE -> kill(site(step).node());
      case FREEZE_NODE -> freeze(site(step).node());
      case KILL_REDIS, KILL_MASTER -> kill(store().master(step.strength()));
      case FREEZE_REDIS, FREEZE_MASTER -> freeze(store().master(step.strength()));
      case KILL_REPLICA -> kill(store().replica(step.strength()));
      case KILL_SENTINEL -> kill(sentinel(step));
      case FAILOVER -> done(() -> store().failOver(step.strength()));
      case MOVE_SLOT -> done(() -> move(step));
      case FLUSH_REDIS -> ask("FLUSHALL");
      case KICK_SUBSCRIBERS -> ask("CLIENT KILL TYPE pubsub");
      case KICK_ALL -> kickAll();
      case SLOW_LINK -> weather(upstream(step), slow(step));
      case NARROW_LINK -> weather(upstream(step), narrow(step));
      case DEAD_LINK -> weather(upstream(step), new Weather.Dead());
      case CUT_LINK -> cut(upstream(step));
      case CUT_CLIENTS -> cut(site(step).downstream());
      case SLOW_CLIENTS -> weather(site(step).downstream(), slow(step));
      case STOP_READING -> stopReading(step);
      case STORM -> storm(step);
    };
  }

  private static Runnable kill(Victim victim) {
    victim.kill();
    return victim::start;
  }

  private static Runnable freeze(Victim victim) {
    victim.freeze();
    return victim::thaw;
  }

  private Store store() {
    return stand.store();
  }

  private RedisVictim sentinel(Step step) {
    return store().sentinels().get(step.strength() % store().sentinels().size());
  }

  /** A fault that needs no healing. */
  private static Runnable done(Runnable harm) {
    harm.run();
    return () -> {};
  }

  private void move(Step step) {
    if (store() instanceof ClusterStore cluster) {
      cluster.move("tapeline:{%d}".formatted(step.strength() % PARTITIONS));
    }
  }

  /** Sends the command to all servers; replicas refuse commands for masters. */
  private Runnable ask(String command) {
    return done(() -> store().servers().forEach(server -> server.ask(command)));
  }

  private Runnable kickAll() {
    ask("CLIENT KILL TYPE pubsub");
    return ask("CLIENT KILL TYPE normal SKIPME yes");
  }

  private static Runnable weather(Link link, Weather weather) {
    link.become(weather);
    return () -> link.become(new Weather.Fair());
  }

  private static Weather slow(Step step) {
    return new Weather.Slow(1 + SLOWEST_MILLIS * step.strength() / 100);
  }

  private static Weather narrow(Step step) {
    return new Weather.Narrow(WIDEST - (WIDEST - NARROWEST) * step.strength() / 100);
  }

  private static Runnable cut(Link link) {
    link.become(new Weather.Closed());
    link.cut();
    return () -> link.become(new Weather.Fair());
  }

  private Runnable stopReading(Step step) {
    crowd.pause(step.strength(), true);
    return () -> crowd.pause(step.strength(), false);
  }

  private Runnable storm(Step step) {
    return done(() -> crowd.storm(step.strength()));
  }
}
