package dev.tapeline.redis;

/** No connection, or one to a server that is not to be used; its message says why. */
final class MisplacedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MisplacedException(String message) {
    super(message);
  }

  static MisplacedException replica(RedisAddress server) {
    return new MisplacedException(
        "%s is a replica, not the master".formatted(server.hostAndPort()));
  }
}
