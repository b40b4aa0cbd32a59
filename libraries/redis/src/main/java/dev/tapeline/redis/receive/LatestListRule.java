package dev.tapeline.redis.receive;

import dev.tapeline.core.Pattern;
import java.util.Optional;

/**
 * Where the newest publications of plain channels lie: each channel has a list in Redis, whose
 * first entry is the channel's newest publication.
 *
 * @param channels a pattern whose only star is at its end
 * @param keyPrefix what the key of a list begins with; what the star matches follows
 */
public record LatestListRule(Pattern channels, String keyPrefix) {

  public LatestListRule {
    String text = channels.text();
    if (text.indexOf('*') != text.length() - 1) {
      throw new IllegalArgumentException("'%s' has no single star at its end".formatted(text));
    }
  }

  public static LatestListRule of(String channels, String keyPrefix) {
    return new LatestListRule(Pattern.parse(channels), keyPrefix);
  }

  /** The key of a channel's list; empty if the pattern does not match the channel. */
  Optional<String> keyOf(String channel) {
    String common = channels.text().substring(0, channels.text().length() - 1);
    return channel.startsWith(common)
        ? Optional.of(keyPrefix + channel.substring(common.length()))
        : Optional.empty();
  }
}
