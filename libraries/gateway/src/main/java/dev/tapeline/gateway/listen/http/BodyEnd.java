package dev.tapeline.gateway.listen.http;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of one body in bytes that come piece by piece; looks at each byte once. Owned by
 * one thread.
 */
public sealed interface BodyEnd {

  /**
   * The number of bytes from this index on that belong to the body.
   *
   * @throws IllegalArgumentException if the bytes are no valid body
   */
  int take(ByteBuf bytes, int from);

  boolean isReached();

  static BodyEnd of(BodyLength length, int maxLineBytes) {
    return switch (length) {
      case BodyLength.Bytes(long count) -> new Counted(count);
      case BodyLength.Chunked _ -> new Chunks(maxLineBytes);
    };
  }

  /** A body of so many bytes. */
  final class Counted implements BodyEnd {

    private long left;

    Counted(long count) {
      this.left = count;
    }

    @Override
    public int take(ByteBuf bytes, int from) {
      int taken = (int) Math.min(left, bytes.writerIndex() - from);
      left -= taken;
      return taken;
    }

    @Override
    public boolean isReached() {
      return left == 0;
    }
  }

  /** A body in chunks, each behind a line with its size, and then fields up to an empty line. */
  final class Chunks implements BodyEnd {

    private static final int MAX_DIGITS = 8;

    private final int maxLineBytes;
    private final StringBuilder line = new StringBuilder();
    private Part part = Part.SIZE;
    private long dataLeft;
    private int fieldBytes;

    private enum Part {
      SIZE,
      DATA,
      DATA_END,
      FIELDS,
      NOTHING
    }

    Chunks(int maxLineBytes) {
      this.maxLineBytes = maxLineBytes;
    }

    @Override
    public int take(ByteBuf bytes, int from) {
      int at = from;
      while (at < bytes.writerIndex() && part != Part.NOTHING) {
        if (part == Part.DATA) {
          int taken = (int) Math.min(dataLeft, bytes.writerIndex() - at);
          at += taken;
          dataLeft -= taken;
          part = dataLeft == 0 ? Part.DATA_END : Part.DATA;
        } else {
          add((char) (bytes.getByte(at++) & 0xff));
        }
      }
      return at - from;
    }

    private void add(char c) {
      line.append(c);
      int length = line.length();
      if (c == '\n') {
        require(length > 1 && line.charAt(length - 2) == '\r');
        end(line.substring(0, length - RequestHead.LINE_END.length()));
        line.setLength(0);
      } else {
        require(length <= maxLineBytes && (length < 2 || line.charAt(length - 2) != '\r'));
      }
    }

    private void end(String ended) {
      switch (part) {
        case SIZE -> {
          dataLeft = size(ended);
          part = dataLeft == 0 ? Part.FIELDS : Part.DATA;
        }
        case DATA_END -> {
          require(ended.isEmpty());
          part = Part.SIZE;
        }
        case FIELDS -> {
          fieldBytes += ended.length();
          require(fieldBytes <= maxLineBytes);
          part = ended.isEmpty() ? Part.NOTHING : Part.FIELDS;
        }
        case DATA, NOTHING -> throw new IllegalStateException("no line is read here");
      }
    }

    private static long size(String line) {
      int extension = line.indexOf(';');
      String digits = extension < 0 ? line : line.substring(0, extension).stripTrailing();
      require(digits.matches("[0-9A-Fa-f]{1," + MAX_DIGITS + "}"));
      return Long.parseLong(digits, 16);
    }

    private static void require(boolean holds) {
      if (!holds) {
        throw new IllegalArgumentException("no chunked body");
      }
    }

    @Override
    public boolean isReached() {
      return part == Part.NOTHING;
    }
  }
}
