package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;

/** No connection, or one to a server that is not to be used; its message says why. */
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
