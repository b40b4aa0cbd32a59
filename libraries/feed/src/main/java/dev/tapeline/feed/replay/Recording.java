package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A recording on disk. Those of lines are plain or compressed by gzip. */
public record Recording(Path path) {

  /**
   * @throws FeedException if there is no such file or it can't be read
   */
  public Recording {
    if (!Files.exists(path)) {
      throw new FeedException("there is no recording " + path);
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new FeedException("the recording %s can't be read".formatted(path));
    }
  }

  /** Whether the file is a zip. */
  boolean isZip() throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      byte[] begin = file.readNBytes(4);
      return begin.length == 4
          && begin[0] == 'P'
          && begin[1] == 'K'
          && (begin[2] == 3 || begin[2] == 5); // with files or without
    }
  }

  /** Opens the recording; its first two bytes show whether it is compressed. */
  LineReader open() throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      file.mark(2);
      boolean compressed = file.read() == 0x1f && file.read() == 0x8b;
      file.reset();
      return new LineReader(compressed ? new GZIPInputStream(file, 1 << 16) : file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }
}
