package dev.tapeline.simulate.dhan;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords of six digits and 30 seconds, by RFC 6238. */
public final class Totp {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final long STEP_MILLIS = 30_000;
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /** The password of a time. */
  public static String at(String secret, long millis) {
    return password(decoded(secret), Math.floorDiv(millis, STEP_MILLIS));
  }

  /** Whether the password is that of the time, or of the step before or after it. */
  static boolean isValid(String secret, String password, long millis) {
    return at(secret, millis).equals(password)
        || at(secret, millis - STEP_MILLIS).equals(password)
        || at(secret, millis + STEP_MILLIS).equals(password);
  }

  static String password(byte[] key, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int code = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(code % MODULUS);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decoded(String secret) {
    String letters = secret.toUpperCase(Locale.ROOT).replace("=", "").replace(" ", "");
    ByteBuffer out = ByteBuffer.allocate(letters.length() * 5 / Byte.SIZE);
    int bits = 0;
    int held = 0;
    for (int i = 0; i < letters.length(); i++) {
      int value = ALPHABET.indexOf(letters.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException("a secret has to be in base 32");
      }
      held = (held << 5 | value) & 0xffff;
      bits += 5;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        out.put((byte) (held >> bits));
      }
    }
    return out.array();
  }
}
