package dev.tapeline.feed.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file of a recording. It has the end {@code .part} until it is whole. Owned by the
 * recorder's thread.
 */
final class PartWriter {

  private static final Logger log = LoggerFactory.getLogger(PartWriter.class);

  private final Path file;
  private final Path open;
  private final FileOutputStream out; // not a channel: an interrupt would close one
  private final int headerChecksum;
  private final List<PartIndex.Place> places = new ArrayList<>();
  private long length;

  PartWriter(Path folder, PartName name, PartHeader header) throws IOException {
    this.file = folder.resolve(name.toString());
    this.open = folder.resolve(name + PartName.OPEN);
    byte[] begin = header.encode();
    this.headerChecksum = PartHeader.checksumOf(begin);
    this.out = new FileOutputStream(Files.createFile(open).toFile());
    try {
      write(begin, begin.length);
    } catch (IOException e) {
      try (out) {
        Files.delete(open); // a full disk would get one empty file after the other
      }
      throw e;
    }
  }

  private void write(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
    length += count;
  }

  void write(BlockWriter.Packed block) throws IOException {
    places.add(new PartIndex.Place(length, block.head()));
    write(block.head().encode(), BlockHead.LENGTH);
    write(block.bytes(), block.head().packed());
  }

  /** The number of bytes so far. */
  long length() {
    return length;
  }

  /** Makes the file whole, with its index beside it. */
  void finish() throws IOException {
    try (out) {
      out.getFD().sync();
    }
    Files.move(open, file, StandardCopyOption.ATOMIC_MOVE);
    writeIndex();
  }

  private void writeIndex() {
    try {
      new PartIndex(length, headerChecksum, places).write(file);
    } catch (IOException e) {
      log.warn("{} has no index, which its reader will make: {}", file, e.toString());
    }
  }

  /** Leaves the file as it is, after a failure. */
  void abandon() throws IOException {
    out.close();
  }
}
