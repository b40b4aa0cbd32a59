package dev.tapeline.feed.record;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Collects the entries of a block, and compresses them. Reused; owned by the recorder's thread. */
final class BlockWriter {

  /** A block ends with the entry that reaches this many bytes. */
  static final int FULL_BYTES = 256 << 10;

  /** A block has no entries that are this far apart. */
  static final long FULL_MILLIS = 1000;

  /** The level of least effort: the higher ones cost more than they save. */
  private static final int LEVEL = Deflater.BEST_SPEED;

  private final Bytes plain = new Bytes(FULL_BYTES + (FULL_BYTES >> 2));
  private final EntryEncoder encoder = new EntryEncoder(plain);
  private final Deflater deflater = new Deflater(LEVEL, true);
  private byte[] packed = new byte[FULL_BYTES];
  private int count;
  private int flags;
  private long base;
  private long first;
  private long last;

  /** A block as it stands in a file. */
  @SuppressWarnings("ArrayRecordComponent") // handed from the maker to the writer, never compared
  record Packed(BlockHead head, byte[] bytes) {}

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  void add(Entry entry) {
    long received = entry.received();
    if (count == 0) {
      base = received;
      first = received;
      last = received;
      flags = 0;
      plain.clear();
      encoder.begin(base);
    }
    encoder.add(entry);
    count++;
    first = Math.min(first, received);
    last = Math.max(last, received);
    if (entry.isControl()) {
      flags |= BlockHead.CONTROL;
    }
  }

  boolean isFull() {
    return plain.length() >= FULL_BYTES;
  }

  /**
   * Whether the block would grow beyond its size by an entry with this many bytes, or beyond its
   * time.
   */
  boolean hasRoomFor(int bytes, long received) {
    boolean inTime = Math.max(last, received) - Math.min(first, received) < FULL_MILLIS;
    return count == 0 || (inTime && plain.length() + bytes <= FULL_BYTES);
  }

  /**
   * Ends the block; the next entry begins another one.
   *
   * @param more flags beside those of the entries
   */
  Packed end(int more) {
    int length = deflate();
    BlockHead head =
        new BlockHead(
            flags | more,
            base,
            first,
            last,
            count,
            plain.length(),
            length,
            BlockHead.checksum(packed, 0, length));
    count = 0;
    return new Packed(head, packed);
  }

  private int deflate() {
    deflater.reset();
    deflater.setInput(plain.array(), 0, plain.length());
    deflater.finish();
    int length = 0;
    while (!deflater.finished()) {
      if (length == packed.length) {
        packed = Arrays.copyOf(packed, 2 * packed.length);
      }
      length += deflater.deflate(packed, length, packed.length - length);
    }
    return length;
  }

  /** Gives up the entries of the block. */
  void discard() {
    count = 0;
  }

  void close() {
    deflater.end();
  }
}
