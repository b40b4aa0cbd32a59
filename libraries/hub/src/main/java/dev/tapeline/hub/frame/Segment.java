package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of whole frames, contiguous in direct memory. One writer appends; any thread reads what is
 * committed. The memory is freed when the log has dropped the segment and the last write from it
 * has left: a reader that comes too late gets no slice, and never a torn frame.
 *
 * <p>The buffer is unpooled on purpose: a pooled buffer object is reused, and a late reader would
 * read another segment's memory.
 */
public final class Segment {

  private final ByteBuf bytes;
  private final long firstSeq;

  /** Where each frame ends; an entry is visible to readers that have seen its frame committed. */
  private int[] ends = new int[4];

  /** The origin of the newest frame; visible to readers that have seen it committed. */
  private long originNanos;

  /** Frames in the upper, bytes in the lower half, so that readers see both of one moment. */
  private volatile long committed;

  private volatile @Nullable Segment next;
  private volatile boolean dropped;

  public Segment(int capacity, long firstSeq) {
    this.bytes = Unpooled.directBuffer(capacity, capacity);
    this.firstSeq = firstSeq;
  }

  public int capacity() {
    return bytes.capacity();
  }

  public long firstSeq() {
    return firstSeq;
  }

  public boolean hasRoom(int length) {
    return bytes.writableBytes() >= length;
  }

  public void append(EncodedFrame frame, long origin) {
    int index = Math.toIntExact(framesOf(committed));
    if (index == ends.length) {
      ends = Arrays.copyOf(ends, index * 2);
    }
    frame.writeTo(bytes);
    ends[index] = bytes.writerIndex();
    originNanos = origin;
    committed = (index + 1L) << Integer.SIZE | bytes.writerIndex();
  }

  public long originNanos() {
    return originNanos;
  }

  public long committed() {
    return committed;
  }

  public static int bytesOf(long committed) {
    return (int) committed;
  }

  public static long framesOf(long committed) {
    return committed >>> Integer.SIZE;
  }

  public @Nullable Segment next() {
    return next;
  }

  /** No frame is appended any more; readers go on with the successor. */
  public void seal(Segment successor) {
    next = successor;
  }

  public boolean isDropped() {
    return dropped;
  }

  /**
   * Gives up the log's share of the memory. The chain is cut, so that a late reader holds no more.
   */
  public void drop() {
    dropped = true;
    next = null;
    bytes.release();
  }

  /** Where the frame of a number begins; it must be committed, or the next one. */
  public int offsetOf(long seq) {
    return seq == firstSeq ? 0 : ends[Math.toIntExact(seq - firstSeq) - 1];
  }

  /** The committed bytes of this range, to be released; null when they are gone. */
  public @Nullable ByteBuf slice(int offset, int length) {
    try {
      bytes.retain();
    } catch (IllegalReferenceCountException e) {
      return null; // dropped before the reader could retain it
    }
    return bytes.slice(offset, length);
  }
}
