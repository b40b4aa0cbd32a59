package dev.tapeline.feed.dhan.master.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Fetches a file. */
@FunctionalInterface
public interface Download {

  /**
   * Opens the plain bytes of a file; the caller closes them.
   *
   * @throws IOException if it can't be had
   */
  InputStream open(URI uri) throws IOException;
}
