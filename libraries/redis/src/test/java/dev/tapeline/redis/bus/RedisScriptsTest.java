package dev.tapeline.redis.bus;

/** The same without functions, as on Redis 6. */
class RedisScriptsTest extends RedisDurableBusTest {

  @Override
  boolean onlyScripts() {
    return true;
  }
}
