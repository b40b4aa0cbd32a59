package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place of a secret, such as a token: a file, a variable of the environment, or the
 * configuration. It is read again at each use, as a file may have been replaced. Its text names the
 * place, never the secret.
 */
public abstract class SecretSource {

  private static final long MAX_BYTES = 65_536;

  private final String place;

  private SecretSource(String place) {
    this.place = place;
  }

  /** A secret that a file contains. */
  public static SecretSource ofFile(Path file) {
    return new SecretSource("the file " + file) {
      @Override
      String read() {
        return readFile(file);
      }
    };
  }

  /** A secret in a variable of the environment. */
  public static SecretSource ofEnvironment(String variable) {
    return new SecretSource("the environment variable " + variable) {
      @Override
      @Nullable String read() {
        return System.getenv(variable);
      }
    };
  }

  /** A secret that is known already. */
  public static SecretSource ofValue(String secret) {
    return new SecretSource("the configured secret") {
      @Override
      String read() {
        return secret;
      }
    };
  }

  private static String readFile(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new FeedException("the file %s is too long for a secret".formatted(file));
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new FeedException("the file %s can't be read".formatted(file), e);
    }
  }

  abstract @Nullable String read();

  /**
   * The secret now, without the white space around it.
   *
   * @throws FeedException if it is missing or empty; the message names the place
   */
  public final String get() {
    String secret = read();
    if (secret == null || secret.isBlank()) {
      throw new FeedException("%s has no secret in it".formatted(place));
    }
    return secret.strip();
  }

  @Override
  public final String toString() {
    return "a secret from " + place;
  }
}
