package dev.tapeline.redis;

/** What came over a connection is not what Redis sends; its message says what. */
final class MalformedReplyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedReplyException(String problem) {
    super("what came is not Redis's protocol: " + problem);
  }
}
