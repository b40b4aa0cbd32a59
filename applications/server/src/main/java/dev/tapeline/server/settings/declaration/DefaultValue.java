package dev.tapeline.server.settings.declaration;

import java.util.function.LongFunction;

/** The value of a setting that is not set. */
public sealed interface DefaultValue<T> {

  /** The default as the documentation shows it. */
  String shown();

  /** The default in a process that has this memory. */
  T in(Memory memory);

  /**
   * A default that a user could write as well.
   *
   * @param shown the text that reads as the value
   */
  record Fixed<T>(String shown, T value) implements DefaultValue<T> {

    @Override
    public T in(Memory memory) {
      return value;
    }
  }

  /**
   * A default that no text stands for.
   *
   * @param shown the default in words, such as "none" or "any"
   */
  record Described<T>(String shown, T value) implements DefaultValue<T> {

    @Override
    public T in(Memory memory) {
      return value;
    }
  }

  /** A default that depends on the memory of the process. */
  record OfMemory<T>(Memory.Share share, LongFunction<T> type) implements DefaultValue<T> {

    @Override
    public String shown() {
      return share.toString();
    }

    @Override
    public T in(Memory memory) {
      return type.apply(share.of(memory));
    }
  }
}
