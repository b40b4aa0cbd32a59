package dev.tapeline.feed.record;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Arrival;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A recording of arrivals on disk: the file that is named, and those that follow it in the order of
 * their names.
 */
public final class ArrivalRecording {

  private final Path file;
  private final RecordingHeader header;

  /**
   * Finds a recording.
   *
   * @param file its first file, whole or broken off
   * @throws FeedException if it can't be read
   */
  public ArrivalRecording(Path file) {
    this.file = file;
    try {
      this.header = PartReader.header(file).header().recording();
    } catch (IOException | RecordingException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Whether a file begins as a recording of arrivals does. */
  public static boolean isRecording(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return PartHeader.isMagic(in.readNBytes(PartHeader.MAGIC.length));
    }
  }

  /** What the recording says of itself. */
  public RecordingHeader header() {
    return header;
  }

  /** The file that was named. */
  public Path file() {
    return file;
  }

  /** Receives what a recording holds, on the thread that reads it. */
  public interface Listener {

    /**
     * A conversation begins: at the start, with each run of the recorder, and behind a file that is
     * missing.
     */
    void onConversation();

    /** An arrival of before the range, without which the conversation can't be continued. */
    void onRestated(Arrival arrival);

    void onEntry(Entry entry) throws InterruptedException;

    /** Something that could not be read and is left out. */
    void onDamage(String reason);

    /** Whether to go on. */
    boolean goesOn();
  }

  /**
   * Reads the entries from a time to before another, in the order in which they were recorded.
   *
   * @param from epoch ms UTC; the first entry is the first one that is not earlier
   * @param to epoch ms UTC; the first entry that is not earlier ends it
   */
  public void read(long from, long to, Listener listener) throws IOException, InterruptedException {
    RecordingRead read = new RecordingRead(from, to, listener);
    for (Path part : files()) {
      if (!read.goesOn()) {
        return;
      }
      read.part(wholeOf(part));
    }
  }

  /** The file under its present name: one that was written when it was listed may be whole now. */
  private static Path wholeOf(Path part) {
    String name = part.getFileName().toString();
    return name.endsWith(PartName.OPEN) && !Files.exists(part)
        ? part.resolveSibling(name.substring(0, name.length() - PartName.OPEN.length()))
        : part;
  }

  /** The file and those that follow it. */
  List<Path> files() throws IOException {
    Optional<PartName> name = PartName.parse(file);
    Path folder = file.toAbsolutePath().getParent();
    if (name.isEmpty() || folder == null) {
      return List.of(file);
    }
    PartName first = name.get();
    return PartName.list(folder, first.recording()).stream()
        .filter(
            each -> PartName.parse(each).filter(other -> other.compareTo(first) >= 0).isPresent())
        .toList();
  }

  /**
   * When the first entry arrived, epoch ms UTC; empty if there is none.
   *
   * @throws FeedException if the files can't be read
   */
  public Optional<Long> begin() {
    try {
      for (Path part : files()) {
        Optional<Long> first = beginOf(part);
        if (first.isPresent()) {
          return first;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Optional<Long> beginOf(Path part) throws IOException {
    try (PartReader reader = new PartReader(part)) {
      return reader.index().places().stream()
          .map(PartIndex.Place::head)
          .filter(head -> !head.isRestated())
          .map(BlockHead::base)
          .findFirst();
    } catch (RecordingException _) {
      return Optional.empty(); // reading it tells why
    }
  }
}
