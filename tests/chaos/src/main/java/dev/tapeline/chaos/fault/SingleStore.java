package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A single server. Nodes may reach it through links, because it does not report its address to
 * clients.
 */
final class SingleStore implements Store {

  private final RedisVictim redis;

  SingleStore(Path folder, boolean persists) {
    redis = RedisVictim.server("redis", folder, persists, List.of());
  }

  @Override
  public Kind kind() {
    return Kind.SINGLE;
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + redis.port();
  }

  @Override
  public void start() {
    redis.start();
  }

  @Override
  public void awaitReady(Duration limit) {
    redis.awaitReady(limit);
  }

  @Override
  public List<RedisVictim> servers() {
    return List.of(redis);
  }

  @Override
  public List<RedisVictim> sentinels() {
    return List.of();
  }

  @Override
  public OptionalInt ownerOf(String key) {
    return OptionalInt.of(redis.port());
  }

  @Override
  public RedisVictim master(int part) {
    return redis;
  }

  @Override
  public RedisVictim replica(int part) {
    throw new ChaosException("a single server has no replica");
  }

  @Override
  public void failOver(int part) {
    throw new ChaosException("nobody takes a single server's place");
  }
}
