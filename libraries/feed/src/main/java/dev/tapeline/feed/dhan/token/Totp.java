package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.FeedException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes of six digits, a new one each 30 s: RFC 6238 with SHA-1. */
public final class Totp {

  /** How long a code is good, in ms. */
  static final long WINDOW = 30_000;

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String ALGORITHM = "HmacSHA1";
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /**
   * The code of a time.
   *
   * @param secret in base 32, as the vendor shows it; blanks and case do not matter
   * @throws FeedException if it is not base 32; the message does not contain it
   */
  public static String code(String secret, long millis) {
    byte[] hash = hash(decode(secret), millis / WINDOW);
    int offset = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
    return "%06d".formatted(number % MODULUS);
  }

  private static byte[] hash(byte[] key, long counter) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
    } catch (GeneralSecurityException e) {
      throw new FeedException("one-time codes need " + ALGORITHM, e);
    }
  }

  private static byte[] decode(String secret) {
    String text = secret.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
    byte[] bytes = new byte[text.length() * 5 / 8];
    long buffer = 0;
    int bits = 0;
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw new FeedException("the secret of the one-time codes is not base 32: A-Z, 2-7");
      }
      buffer = (buffer << 5 | value) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[count++] = (byte) (buffer >> bits);
      }
    }
    if (count == 0) {
      throw new FeedException("the secret of the one-time codes is empty");
    }
    return Arrays.copyOf(bytes, count);
  }
}
