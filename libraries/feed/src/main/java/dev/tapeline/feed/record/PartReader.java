package dev.tapeline.feed.record;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one file of a recording by its blocks. Owned by one thread. */
final class PartReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PartReader.class);
  private static final int SCAN_BYTES = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final PartHeader.Read header;
  private final long length;
  private final EntryDecoder decoder = new EntryDecoder();
  private final Inflater inflater = new Inflater(true);

  /** What stands at a place of a file. */
  sealed interface Found {

    /** A block. */
    record Block(PartIndex.Place place) implements Found {}

    /**
     * Bytes that are no block.
     *
     * @param next where the next block begins; the end of the file if none does
     */
    record Damage(long offset, long next, String reason) implements Found {}

    record End() implements Found {}
  }

  /**
   * Opens a file.
   *
   * @throws RecordingException if its header can't be read
   */
  PartReader(Path file) throws IOException {
    this.file = file;
    this.header = header(file);
    this.channel = FileChannel.open(file);
    this.length = channel.size();
  }

  static PartHeader.Read header(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return PartHeader.read(in);
    }
  }

  PartHeader header() {
    return header.header();
  }

  /** Where the first block begins. */
  long begin() {
    return header.length();
  }

  /** The block at a place, or what is there instead. */
  Found at(long offset) throws IOException {
    if (offset >= length) {
      return new Found.End();
    }
    BlockHead head = head(offset);
    if (head == null) {
      return damage(offset);
    }
    PartIndex.Place place = new PartIndex.Place(offset, head);
    return place.end() > length
        ? new Found.Damage(offset, length, "the file breaks off in a block")
        : new Found.Block(place);
  }

  private @Nullable BlockHead head(long offset) throws IOException {
    byte[] bytes = bytes(offset, BlockHead.LENGTH);
    return bytes.length < BlockHead.LENGTH ? null : BlockHead.parse(bytes, 0);
  }

  /** The bytes from a place; fewer where the file ends. */
  private byte[] bytes(long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, length - offset));
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
      // until it is full
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Looks for the next block behind bytes that are none. */
  private Found damage(long offset) throws IOException {
    long at = offset + 1;
    while (at + BlockHead.LENGTH <= length) {
      byte[] bytes = bytes(at, SCAN_BYTES);
      for (int i = 0; i + BlockHead.LENGTH <= bytes.length; i++) {
        if (BlockHead.parse(bytes, i) != null) {
          return new Found.Damage(offset, at + i, "a damaged block");
        }
      }
      at += Math.max(1, bytes.length - BlockHead.LENGTH + 1);
    }
    return new Found.Damage(offset, length, "the file breaks off, or its end is damaged");
  }

  /**
   * The entries of a block.
   *
   * @throws RecordingException if it is damaged
   */
  List<Entry> entries(PartIndex.Place place) throws IOException {
    BlockHead head = place.head();
    byte[] packed = bytes(place.offset() + BlockHead.LENGTH, head.packed());
    if (BlockHead.checksum(packed, 0, packed.length) != head.checksum()) {
      throw new RecordingException("a damaged block");
    }
    try {
      return decoder.decode(ByteBuffer.wrap(inflate(packed, head.plain())), head.base());
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new RecordingException("a block that can't be read: " + e.getMessage(), e);
    }
  }

  private byte[] inflate(byte[] packed, int plain) throws DataFormatException {
    byte[] bytes = new byte[plain];
    inflater.reset();
    inflater.setInput(packed);
    int count = 0;
    int more = 1;
    while (more > 0 && count < plain) {
      more = inflater.inflate(bytes, count, plain - count);
      count += more;
    }
    if (count < plain) {
      throw new DataFormatException("%d bytes instead of %d".formatted(count, plain));
    }
    return bytes;
  }

  /** The index: the one beside the file, or one that is made, and kept if the file is whole. */
  PartIndex index() throws IOException {
    Optional<PartIndex> kept = PartIndex.read(file, length, header.checksum());
    return kept.isPresent() ? kept.get() : rebuilt();
  }

  private PartIndex rebuilt() throws IOException {
    List<PartIndex.Place> places = new ArrayList<>();
    long at = begin();
    while (at < length) {
      at =
          switch (at(at)) {
            case Found.Block(PartIndex.Place place) -> {
              places.add(place);
              yield place.end();
            }
            case Found.Damage damage -> damage.next();
            case Found.End() -> length;
          };
    }
    PartIndex index = new PartIndex(length, header.checksum(), places);
    if (!file.toString().endsWith(PartName.OPEN)) {
      keep(index);
    }
    return index;
  }

  private void keep(PartIndex index) {
    try {
      index.write(file);
      log.info("made the index of {}", file);
    } catch (IOException e) {
      log.info("the index of {} can't be kept, and is made each time: {}", file, e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }
}
