package dev.tapeline.redis.address;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;

/** What a user writes to say where Redis is. */
public final class UrlDecoders {

  /** As it stands in the seeds. */
  private static final String PASSWORD = "s3cret";

  private UrlDecoders() {}

  /** A {@code REDIS_URL}: messages do not tell what stands in front of its last {@code @}. */
  public static void url(Input input) {
    String url = input.text();
    try {
      RedisUrl.parse(url);
    } catch (IllegalArgumentException e) {
      boolean login = url.lastIndexOf(PASSWORD) < url.lastIndexOf('@');
      check(!login || !String.valueOf(e.getMessage()).contains(PASSWORD), "%s", e.getMessage());
    }
  }
}
