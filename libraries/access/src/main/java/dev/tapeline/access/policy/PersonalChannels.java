package dev.tapeline.access.policy;

import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channels that belong to one user each: the user's name follows one of the prefixes. */
public final class PersonalChannels {

  /** No channel is personal. */
  public static final PersonalChannels NONE = new PersonalChannels(List.of());

  private final List<String> prefixes;
  private final List<Pattern> patterns;

  private PersonalChannels(List<String> prefixes) {
    this.prefixes = prefixes;
    patterns = prefixes.stream().map(prefix -> Pattern.parse(prefix + "*")).toList();
  }

  /** The channels whose names begin with one of these prefixes. */
  public static PersonalChannels of(List<String> prefixes) {
    return new PersonalChannels(List.copyOf(prefixes));
  }

  /** One pattern for each prefix. */
  List<Pattern> patterns() {
    return patterns;
  }

  /** Whether one of the patterns matches all that the selector matches. */
  boolean covers(Selector selector) {
    return patterns.stream().anyMatch(pattern -> pattern.covers(selector));
  }

  /**
   * Whether the channel is the user's own, or not personal at all.
   *
   * @param user null for a client without a name
   */
  boolean isOpenTo(@Nullable String user, String channel) {
    for (String prefix : prefixes) {
      if (channel.startsWith(prefix)) {
        return channel.substring(prefix.length()).equals(user);
      }
    }
    return true;
  }

  /**
   * Whether the pattern matches personal channels of other users and nothing else.
   *
   * @param user null for a client without a name
   */
  boolean isOthersAlone(@Nullable String user, Pattern pattern) {
    for (int i = 0; i < prefixes.size(); i++) {
      String prefix = prefixes.get(i);
      if (patterns.get(i).covers(pattern) && (user == null || !pattern.matches(prefix + user))) {
        return true;
      }
    }
    return false;
  }
}
