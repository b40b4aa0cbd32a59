package dev.tapeline.access.policy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A role: which channels its clients may use, and how much. */
public record Role(String name, Map<Verb, Rules> rules, Limits limits) {

  static final Limits NO_LIMITS =
      new Limits(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());

  public Role {
    rules = Map.copyOf(rules);
  }

  /**
   * The role's own limits, each in place of the general one.
   *
   * @param channels channels and patterns of one client together
   * @param wildcards patterns among them
   * @param rate messages a second that one client may send
   * @param burst how many at once
   * @param connections of one user to one node
   */
  public record Limits(
      OptionalInt channels,
      OptionalInt wildcards,
      OptionalInt rate,
      OptionalInt burst,
      OptionalInt connections) {

    /** The burst at a rate: the role's own, or the general one, which is no less than the rate. */
    public int burstAt(int ratePerSecond, int generalBurst) {
      return burst.orElse(Math.max(generalBurst, ratePerSecond));
    }
  }

  /** A role that may read everything, and nothing else. */
  static Role reading(String name) {
    return new Role(name, Map.of(Verb.SUBSCRIBE, Rules.ALL, Verb.HISTORY, Rules.ALL), NO_LIMITS);
  }

  /** A role that may read everything, and administer. */
  static Role administering(String name) {
    return new Role(
        name,
        Map.of(Verb.SUBSCRIBE, Rules.ALL, Verb.HISTORY, Rules.ALL, Verb.ADMIN, Rules.ALL),
        NO_LIMITS);
  }

  /** A role that may do everything. */
  static Role owning(String name, PersonalChannels personal) {
    return new Role(
        name,
        Map.of(
            Verb.SUBSCRIBE, Rules.ALL,
            Verb.HISTORY, Rules.ALL,
            Verb.PUBLISH, Rules.allByName(personal),
            Verb.ADMIN, Rules.ALL),
        NO_LIMITS);
  }

  /** The findings about rules without effect, in words. */
  List<String> findings(PersonalChannels personal) {
    return rules.entrySet().stream()
        .flatMap(entry ->
            new RuleFindings(entry.getKey(), entry.getValue(), personal)
                .all().stream()
                    .map(found -> "role %s: %s: %s".formatted(name, entry.getKey().text(), found)))
        .sorted()
        .toList();
  }
}
