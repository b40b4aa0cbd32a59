package dev.tapeline.feed.record;

import java.nio.file.Path;

/**
 * Where and how a source is recorded.
 *
 * @param folder of the files; made if it is missing
 * @param name of the recording, with which its files' names begin
 * @param maxFileBytes the size from which the next file is begun
 * @param maxWaiting how many arrivals may wait to be written
 * @param maxWaitingBytes how many bytes may wait to be written
 */
public record RecorderOptions(
    Path folder, String name, long maxFileBytes, int maxWaiting, long maxWaitingBytes) {

  private static final long FILE_BYTES = 1L << 30;
  private static final int WAITING = 250_000;
  private static final long WAITING_BYTES = 64L << 20;

  public RecorderOptions {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "a recording's name has 1 to 100 letters, digits and - _ ., unlike '%s'".formatted(name));
    }
    if (maxWaitingBytes > WAITING_BYTES) { // what a reader takes for an entry
      throw new IllegalArgumentException(
          "at most %d bytes may wait to be recorded, not %d"
              .formatted(WAITING_BYTES, maxWaitingBytes));
    }
    if (maxFileBytes <= 0 || maxWaiting <= 0 || maxWaitingBytes <= 0) {
      throw new IllegalArgumentException("the limits of a recording are over 0");
    }
  }

  /** Files of up to about 1 GiB, and a queue for some seconds of the fastest market. */
  public static RecorderOptions of(Path folder, String name) {
    return new RecorderOptions(folder, name, FILE_BYTES, WAITING, WAITING_BYTES);
  }
}
