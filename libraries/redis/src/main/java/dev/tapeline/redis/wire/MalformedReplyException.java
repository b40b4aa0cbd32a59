package dev.tapeline.redis.wire;

/** What came over a connection is not what Redis sends; its message says what. */
public final class MalformedReplyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedReplyException(String problem) {
    super("what came is not Redis's protocol: " + problem);
  }
}
