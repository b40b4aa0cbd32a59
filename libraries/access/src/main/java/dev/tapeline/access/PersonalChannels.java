package dev.tapeline.access;

import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.List;
import java.util.Optional;

/** Channels that belong to one user, whose name stands behind their prefix. */
final class Personal {

  private static final List<String> PREFIXES = List.of("positions:", "alerts:");
  private static final List<Pattern> PATTERNS =
      PREFIXES.stream().map(prefix -> Pattern.parse(prefix + "*")).toList();

  private Personal() {}

  /** Whether all that the selector matches are such channels, of one sort. */
  static boolean covers(Selector selector) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.covers(selector));
  }

  /** Whether this user may see the channel, as far as it matters whose it is. */
  static boolean isOpenTo(Optional<String> user, String channel) {
    for (String prefix : PREFIXES) {
      if (channel.startsWith(prefix)) {
        return user.isPresent() && channel.substring(prefix.length()).equals(user.get());
      }
    }
    return true;
  }

  /** Whether only channels of others match. */
  static boolean isOthersAlone(Optional<String> user, Pattern pattern) {
    return PREFIXES.stream()
        .anyMatch(prefix ->
            Pattern.parse(prefix + "*").covers(pattern)
                && user.filter(own -> pattern.matches(prefix + own)).isEmpty());
  }
}
