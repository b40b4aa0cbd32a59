package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording: entries into blocks, blocks into files, and another file when one has its
 * size or a day ends. Each file begins with the state of the conversation. Owned by the recorder's
 * thread.
 */
final class RecordingWriter {

  private final RecordingHeader header;
  private final RecorderOptions options;
  private final BlockWriter block = new BlockWriter();
  private final Conversation conversation = new Conversation();
  private @Nullable Long run;
  private int parts;
  private @Nullable PartWriter part;
  private long dayEnd;
  private long bytes;

  RecordingWriter(RecordingHeader header, RecorderOptions options) {
    this.header = header;
    this.options = options;
  }

  /** Takes an entry; it is in the file when its block is full, or after {@link #flush}. */
  void write(Entry entry) throws IOException {
    if (!block.hasRoomFor(sizeOf(entry), entry.received())) {
      flush();
    }
    if (part != null && isPast(part, entry.received())) {
      finish();
    }
    if (part == null) {
      begin(entry.received());
    }
    block.add(entry);
    conversation.take(entry);
    if (block.isFull()) {
      flush();
    }
  }

  /** Whether an entry belongs to the next file. */
  private boolean isPast(PartWriter file, long received) {
    boolean isFull = block.isEmpty() && file.length() >= options.maxFileBytes();
    return isFull || received >= dayEnd;
  }

  /** About how many bytes an entry takes; a list to watch is long, and begins a block. */
  private static int sizeOf(Entry entry) {
    return switch (entry) {
      case Entry.Arrived(Arrival.Watch _) -> BlockWriter.FULL_BYTES;
      case Entry.Arrived(Arrival arrival) -> ArrivalQueue.sizeOf(arrival);
      case Entry.Begun _, Entry.Lost _ -> 0;
    };
  }

  private void begin(long received) throws IOException {
    ZoneId zone = header.zone();
    Files.createDirectories(options.folder());
    PartName name = PartName.next(options.folder(), options.name(), received, zone);
    long since = run == null ? received : run;
    PartHeader begin = new PartHeader(header, since, parts + 1);
    PartWriter file = new PartWriter(options.folder(), name, begin);
    run = since;
    parts++;
    part = file;
    dayEnd =
        Instant.ofEpochMilli(received)
            .atZone(zone)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay(zone)
            .toInstant()
            .toEpochMilli();
    restate(file);
  }

  private void restate(PartWriter file) throws IOException {
    List<Arrival> state = conversation.restated();
    if (!state.isEmpty()) {
      state.forEach(arrival -> block.add(new Entry.Arrived(arrival)));
      write(file, block.end(BlockHead.RESTATED));
    }
  }

  private void write(PartWriter file, BlockWriter.Packed packed) throws IOException {
    file.write(packed);
    bytes += BlockHead.LENGTH + packed.head().packed();
  }

  /** Writes what has not been written yet. */
  void flush() throws IOException {
    PartWriter file = part;
    if (file != null && !block.isEmpty()) {
      write(file, block.end(0));
    }
  }

  /** Ends the file, whole; the next entry begins another one. */
  void finish() throws IOException {
    PartWriter file = part;
    if (file != null) {
      flush();
      part = null;
      file.finish();
    }
  }

  /** Takes note of an entry that can't be written, so that the next file begins with its state. */
  void miss(Entry entry) {
    conversation.take(entry);
  }

  /**
   * Gives up the file after a failure; the next entry begins another one. That leaves out a number,
   * so that its readers begin with the state in it.
   *
   * @return how many entries were not written
   */
  int abandon() throws IOException {
    int left = block.count();
    block.discard();
    PartWriter file = part;
    part = null;
    parts++;
    if (file != null) {
      file.abandon();
    }
    return left;
  }

  /** The number of bytes of all blocks so far. */
  long bytes() {
    return bytes;
  }

  void close() {
    block.close();
  }
}
