package dev.tapeline.core;

import org.jspecify.annotations.Nullable;

/**
 * A publication to append to the log of its channel.
 *
 * @param id if not null, a repeat of it is not logged again: ids are remembered for two minutes,
 *     and at most 10,000 a channel
 * @param version if not 0, it is dropped unless higher than that of the newest versioned
 *     publication in the channel
 * @param fence if not null, it is refused once the lease has another holder
 */
public record Append(
    Publication publication, @Nullable String id, long version, @Nullable Fence fence) {

  public static final int MAX_ID_LENGTH = 200;

  public Append {
    if (id != null && (id.isEmpty() || id.length() > MAX_ID_LENGTH)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to %d characters, not %d"
              .formatted(MAX_ID_LENGTH, id.length()));
    }
    if (version < 0) {
      throw new IllegalArgumentException("a version is not negative: " + version);
    }
  }

  public static Append of(Publication publication) {
    return new Append(publication, null, 0, null);
  }

  public Append withId(String key) {
    return new Append(publication, key, version, fence);
  }

  public Append withVersion(long number) {
    return new Append(publication, id, number, fence);
  }

  public Append withFence(Fence proof) {
    return new Append(publication, id, version, proof);
  }

  /** The outcome of an append. */
  public sealed interface Result {

    /** It was logged and broadcast. */
    record Logged(Position position) implements Result {}

    /**
     * An earlier publication has the same id.
     *
     * @param first the position of that publication
     */
    record Repeated(Position first) implements Result {}

    /**
     * Its version is not higher than the newest one's.
     *
     * @param top the newest publication of the channel
     */
    record Outdated(Position top) implements Result {}

    /** The lease has another holder, with this token. */
    record Fenced(long token) implements Result {}
  }
}
