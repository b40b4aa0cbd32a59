package dev.tapeline.core;

import org.jspecify.annotations.Nullable;

/**
 * A publication on its way into the log of its channel.
 *
 * @param id if not null, a repeat of it within two minutes, or 10,000 ids of the channel, is not
 *     logged again
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

  /** What became of it. */
  public sealed interface Result {

    /** It was logged and broadcast. */
    record Logged(Position position) implements Result {}

    /**
     * Its id was there already.
     *
     * @param first where the first one was put
     */
    record Repeated(Position first) implements Result {}

    /**
     * Its version is not higher than the newest one's.
     *
     * @param top the newest publication of the channel
     */
    record Outdated(Position top) implements Result {}

    /** The lease has another holder, whose token is this. */
    record Fenced(long token) implements Result {}
  }
}
