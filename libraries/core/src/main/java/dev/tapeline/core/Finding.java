package dev.tapeline.core;

/**
 * The result of one check of the machine, the settings or Redis.
 *
 * @param subject what was checked, such as {@code version}
 * @param text what was found
 * @param remedy what to do about it; empty if all is well
 */
public record Finding(String subject, Level level, String text, String remedy) {

  /** The severity of a finding. */
  public enum Level {
    OK,
    /** It works, but not as well or as safely as it could. */
    WARN,
    /** It does not work like this. */
    FAIL
  }

  public static Finding ok(String subject, String text) {
    return new Finding(subject, Level.OK, text, "");
  }

  public static Finding warn(String subject, String text, String remedy) {
    return new Finding(subject, Level.WARN, text, remedy);
  }

  public static Finding fail(String subject, String text, String remedy) {
    return new Finding(subject, Level.FAIL, text, remedy);
  }

  /** The same finding, with a name in front of its subject. */
  public Finding of(String whole) {
    return new Finding(whole + " " + subject, level, text, remedy);
  }
}
