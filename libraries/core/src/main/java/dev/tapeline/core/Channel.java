package dev.tapeline.core;

/**
 * A channel by its name: 1 to 200 characters without control characters, and without those that
 * Redis gives a meaning in patterns ({@code * ? [ ] \}).
 */
public record Channel(String name) implements Selector {

  /**
   * @throws InvalidNameException naming what is wrong with the name
   */
  public Channel {
    Names.check(name, false);
  }

  public static Channel of(String name) {
    return new Channel(name);
  }

  /** Whether this is the name of a channel; costs no exception. */
  public static boolean isValid(String name) {
    return Names.problem(name, false) == null;
  }

  @Override
  public String text() {
    return name;
  }

  @Override
  public boolean matches(String channel) {
    return name.equals(channel);
  }

  @Override
  public boolean covers(Selector other) {
    return name.equals(other.text());
  }

  @Override
  public boolean overlaps(Selector other) {
    return other.matches(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
