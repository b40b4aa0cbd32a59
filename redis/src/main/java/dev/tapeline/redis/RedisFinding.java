package dev.tapeline.redis;

/**
 * What one look at Redis has shown.
 *
 * @param subject what was looked at, such as {@code version}
 * @param text what was found
 * @param remedy what to do about it; empty if all is well
 */
public record RedisFinding(String subject, Level level, String text, String remedy) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** It works, but not as well or as safely as it could. */
    WARN,
    /** It does not work like this. */
    FAIL
  }

  static RedisFinding ok(String subject, String text) {
    return new RedisFinding(subject, Level.OK, text, "");
  }

  static RedisFinding warn(String subject, String text, String remedy) {
    return new RedisFinding(subject, Level.WARN, text, remedy);
  }

  static RedisFinding fail(String subject, String text, String remedy) {
    return new RedisFinding(subject, Level.FAIL, text, remedy);
  }
}
