package dev.tapeline.feed.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The fixed part in front of each block.
 *
 * @param flags which of {@link #RESTATED} and {@link #CONTROL} hold
 * @param base the time that the times of its entries are told from, epoch ms UTC
 * @param first the earliest time of its entries, epoch ms UTC
 * @param last the latest time of its entries, epoch ms UTC
 * @param count the number of its entries
 * @param plain the number of its bytes before compression
 * @param packed the number of its bytes as they follow
 * @param checksum the CRC-32C of the bytes as they follow
 */
record BlockHead(
    int flags, long base, long first, long last, int count, int plain, int packed, int checksum) {

  /** The block repeats the state of the conversation, for those who begin to read with it. */
  static final int RESTATED = 1;

  /** The block has an entry that a conversation can't be continued without. */
  static final int CONTROL = 2;

  static final int MAGIC = 0x544c5242; // TLRB
  static final int LENGTH = 4 + 1 + 3 * 8 + 3 * 4 + 4 + 4;

  /** More than the largest entry that is recorded. */
  static final int MAX_BYTES = 80 << 20;

  boolean isRestated() {
    return (flags & RESTATED) != 0;
  }

  boolean hasControl() {
    return (flags & CONTROL) != 0;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    out.putInt(MAGIC).put((byte) flags).putLong(base).putLong(first).putLong(last);
    out.putInt(count).putInt(plain).putInt(packed).putInt(checksum);
    out.putInt(checksum(out.array(), 0, LENGTH - 4));
    return out.array();
  }

  /** Reads the head that begins here; null if there is none, or if it is damaged. */
  static @Nullable BlockHead parse(byte[] bytes, int offset) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, LENGTH);
    if (in.getInt() != MAGIC
        || checksum(bytes, offset, LENGTH - 4) != in.getInt(offset + LENGTH - 4)) {
      return null;
    }
    BlockHead head =
        new BlockHead(
            in.get(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt());
    boolean plausible =
        head.plain >= 0 && head.packed >= 0 && Math.max(head.plain, head.packed) <= MAX_BYTES;
    return plausible ? head : null;
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, offset, length);
    return (int) sum.getValue();
  }
}
