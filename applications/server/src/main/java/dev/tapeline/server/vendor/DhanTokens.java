package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.token.TokenKeeper;
import dev.tapeline.feed.vendor.SecretSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token of Dhan in a file, which is read at each use and written when a token is made
 * here. A file that can't be written leaves the new token in memory, until somebody writes another
 * one into the file. Safe for all threads.
 */
final class DhanTokens implements TokenKeeper {

  private static final Logger log = LoggerFactory.getLogger(DhanTokens.class);

  private final Path file;
  private final BooleanSupplier mayMake;

  /** The token that could not be written; null if the file has the newest one. */
  private volatile @Nullable Unwritten unwritten;

  /**
   * @param before what the file had when the token was made; null if it had none
   */
  private record Unwritten(String token, @Nullable String before) {}

  /**
   * @param mayMake whether this node may make tokens now
   */
  DhanTokens(Path file, BooleanSupplier mayMake) {
    this.file = file;
    this.mayMake = mayMake;
  }

  /**
   * The token now.
   *
   * @throws FeedException if there is none; the message names the file
   */
  String get() {
    Unwritten made = unwritten;
    if (made == null) {
      return SecretSource.ofFile(file).get();
    }
    String now = content();
    return now == null || now.equals(made.before) ? made.token : now;
  }

  private @Nullable String content() {
    try {
      return SecretSource.ofFile(file).get();
    } catch (FeedException _) {
      return null; // there is none
    }
  }

  @Override
  public boolean mayMake() {
    return mayMake.getAsBoolean();
  }

  @Override
  public void keep(String token, long ends) {
    log.info("A new access token of Dhan ends at {}", ends > 0 ? Instant.ofEpochMilli(ends) : "?");
    String before = content();
    try {
      write(token);
      unwritten = null;
    } catch (IOException e) {
      unwritten = new Unwritten(token, before);
      throw new FeedException(
          "the new token can't be written to %s (%s), and ends with this process; let this user"
                  .formatted(file, e.getClass().getSimpleName())
              + " write in its folder",
          e);
    }
  }

  /** Puts another file in its place, so that nobody reads half a token. Links are followed. */
  private void write(String token) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path part = Files.createTempFile(target.getParent(), ".token", ".part", readableByOwner());
    try {
      Files.write(part, (token + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static FileAttribute<?>[] readableByOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
