package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one write to one connection: small pieces are copied together, large ones
 * go by reference. Each lane has one, and uses it for one connection after another.
 */
public final class FrameBatch {

  /** Below this, copying costs less than another buffer in the system call. */
  static final int COPIED = 4 << 10;

  /**
   * The most references in a write: each keeps a whole segment alive until the client has taken it.
   */
  static final int MAX_REFERENCES = 4;

  private static final int FIRST_BUFFER = 8 << 10;

  private final List<ByteBuf> pieces = new ArrayList<>();
  private @Nullable ByteBuf open;
  private @Nullable ByteBufAllocator allocator;
  private Framing framing = Framing.MESSAGES;
  private int bytes;
  private long frames;
  private int references;
  private boolean live;
  private long originNanos;

  public void begin(ByteBufAllocator from, Framing with) {
    allocator = from;
    framing = with;
    bytes = 0;
    frames = 0;
    references = 0;
    live = false;
  }

  public int bytes() {
    return bytes;
  }

  public long frames() {
    return frames;
  }

  public void countFrames(long count) {
    frames += count;
  }

  /** Notes that live publications were added, and the origin of the newest. */
  public void carries(long origin) {
    live = true;
    originNanos = origin;
  }

  /** Returns whether there were live publications in the last write, and clears that. */
  public boolean takeLive() {
    boolean was = live;
    live = false;
    return was;
  }

  /** The origin of the newest publication of the channel that was added last. */
  public long originNanos() {
    return originNanos;
  }

  public void add(Frame frame) {
    if (frame.isNothing()) {
      return;
    }
    EncodedFrame packed = framing.pack(frame);
    int length = packed.length();
    packed.writeTo(openFor(length));
    bytes += length;
    frames++;
  }

  /** Adds bytes that are no frame. */
  public void addBytes(byte[] more) {
    if (more.length > 0) {
      openFor(more.length).writeBytes(more);
      bytes += more.length;
    }
  }

  /** Takes the slice over: its reference is released once it is written. */
  public void addAndRelease(ByteBuf slice) {
    int length = slice.readableBytes();
    bytes += length;
    if (length >= COPIED && references < MAX_REFERENCES) {
      references++;
      open = null;
      pieces.add(slice);
    } else {
      openFor(length).writeBytes(slice);
      slice.release();
    }
  }

  private ByteBuf openFor(int length) {
    ByteBuf buffer = open;
    if (buffer == null || buffer.writableBytes() < length) {
      buffer = allocator().directBuffer(Math.max(length, pieces.isEmpty() ? length : FIRST_BUFFER));
      pieces.add(buffer);
      open = buffer;
    }
    return buffer;
  }

  private ByteBufAllocator allocator() {
    ByteBufAllocator known = allocator;
    if (known == null) {
      throw new IllegalStateException("begin comes first");
    }
    return known;
  }

  /** Writes everything, without a flush; false if there was nothing. */
  public boolean writeTo(Channel channel, ChannelOutboundInvoker out) {
    boolean any = bytes > 0;
    byte[] before = framing.before(bytes);
    if (any && before.length > 0) {
      out.write(Unpooled.wrappedBuffer(before), channel.voidPromise());
    }
    for (ByteBuf piece : pieces) {
      out.write(piece, channel.voidPromise());
    }
    pieces.clear();
    open = null;
    return any;
  }
}
