package dev.tapeline.access.policy;

import static dev.tapeline.access.policy.Rules.named;

import dev.tapeline.core.InnerNames;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The findings about the rules for one verb: which of them have no effect. */
record RuleFindings(Verb verb, Rules rules, PersonalChannels personal) {

  /** Each rule without effect, in words. */
  List<String> all() {
    List<String> found = new ArrayList<>();
    List<String> reaching = matching(found);
    for (int i = 0; i < reaching.size(); i++) {
      addShadowed(reaching, i, found);
    }
    for (String text : rules.deny()) {
      if (reaching.stream().noneMatch(allowed -> touches(allowed, text))) {
        found.add("deny '%s' matches nothing that is allowed".formatted(text));
      }
    }
    return found;
  }

  /** The rules that can match something; a finding is added for each of the others. */
  private List<String> matching(List<String> found) {
    List<String> matching = new ArrayList<>();
    for (String text : rules.allow()) {
      Optional<String> problem = problem(text);
      problem.ifPresent(why -> found.add("allow '%s' %s".formatted(text, why)));
      if (problem.isEmpty()) {
        matching.add(text);
      }
    }
    return matching;
  }

  private Optional<String> problem(String text) {
    if (verb == Verb.ADMIN && !isAct(named(text))) {
      return Optional.of("is no act; there are " + AdminAct.names());
    }
    return verb != Verb.ADMIN && InnerNames.areAll(named(text))
        ? Optional.of("is about names that Redis and the nodes keep for themselves")
        : Optional.empty();
  }

  private static boolean isAct(Selector rule) {
    return Stream.of(AdminAct.values()).anyMatch(act -> rule.matches(act.text()));
  }

  /** Adds a finding if a deny rule or another allow rule makes the rule superfluous. */
  private void addShadowed(List<String> texts, int index, List<String> found) {
    String text = texts.get(index);
    rules.deny().stream()
        .filter(denied -> named(denied).covers(named(text)))
        .findFirst()
        .ifPresent(
            denied -> found.add("allow '%s' is hidden by deny '%s'".formatted(text, denied)));
    for (int other = 0; other < texts.size(); other++) {
      boolean hides = includes(texts.get(other), text);
      boolean both = includes(text, texts.get(other));
      if (other != index && hides && !(both && other > index)) {
        found.add("allow '%s' is part of allow '%s'".formatted(text, texts.get(other)));
        return;
      }
    }
  }

  /** Whether what one rule allows holds for all that the other one matches. */
  private boolean includes(String allowed, String text) {
    return named(allowed).covers(named(text)) && reaches(allowed, text);
  }

  private boolean touches(String allowed, String denied) {
    return named(allowed).overlaps(named(denied))
        && reaches(allowed, denied)
        && (verb != Verb.ADMIN || isAct(named(denied)));
  }

  /** Publishing on personal channels is allowed by rules that name them, and no others. */
  private boolean reaches(String allowed, String text) {
    return verb != Verb.PUBLISH || personal.covers(named(allowed)) || !personal.covers(named(text));
  }
}
