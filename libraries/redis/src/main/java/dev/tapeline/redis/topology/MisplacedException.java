package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;

/** There is no server to use, or the server must not be used. The message says why. */
public final class MisplacedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MisplacedException(String message) {
    super(message);
  }

  static MisplacedException replica(RedisAddress server) {
    return new MisplacedException(
        "%s is a replica, not the master".formatted(server.hostAndPort()));
  }
}
