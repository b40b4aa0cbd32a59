package dev.tapeline.feed.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a file with their places, in order.
 *
 * @param fileLength the length of the file that it describes
 * @param headerChecksum the checksum of that file's header
 */
record PartIndex(long fileLength, int headerChecksum, List<Place> places) {

  private static final int MAGIC = 0x544c5258; // TLRX
  private static final int FIXED = 4 + 8 + 4 + 4;
  private static final int PLACE = 8 + BlockHead.LENGTH;

  PartIndex {
    places = List.copyOf(places);
  }

  /** A block and where it begins in the file. */
  record Place(long offset, BlockHead head) {

    /** Where the next block begins. */
    long end() {
      return offset + BlockHead.LENGTH + head.packed();
    }
  }

  /** The index file beside a recording's. */
  static Path fileOf(Path part) {
    return part.resolveSibling(part.getFileName() + PartName.INDEX);
  }

  /** Writes the index beside the file that it describes. */
  void write(Path part) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(FIXED + places.size() * PLACE + 4);
    out.putInt(MAGIC).putLong(fileLength).putInt(headerChecksum).putInt(places.size());
    for (Place place : places) {
      out.putLong(place.offset()).put(place.head().encode());
    }
    out.putInt(BlockHead.checksum(out.array(), 0, out.position()));
    Path file = fileOf(part);
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "index", ".new");
    try {
      Files.write(fresh, out.array());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Reads the index beside a file; empty if it is missing, damaged, or that of another state. */
  static Optional<PartIndex> read(Path part, long fileLength, int headerChecksum)
      throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(fileOf(part));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    return parse(bytes)
        .filter(it -> it.fileLength == fileLength && it.headerChecksum == headerChecksum);
  }

  private static Optional<PartIndex> parse(byte[] bytes) {
    int end = bytes.length - 4;
    if (end < FIXED) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt() != MAGIC || BlockHead.checksum(bytes, 0, end) != in.getInt(end)) {
      return Optional.empty();
    }
    long fileLength = in.getLong();
    int headerChecksum = in.getInt();
    int count = in.getInt();
    if (count < 0 || FIXED + (long) count * PLACE != end) {
      return Optional.empty();
    }
    List<Place> places = new ArrayList<>(count);
    for (int at = FIXED; at < end; at += PLACE) {
      BlockHead head = BlockHead.parse(bytes, at + 8);
      if (head == null) {
        return Optional.empty();
      }
      places.add(new Place(in.getLong(at), head));
    }
    return Optional.of(new PartIndex(fileLength, headerChecksum, places));
  }
}
