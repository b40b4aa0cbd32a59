package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of {@code /metrics}. */
record MetricsPage(String text) {

  /** Checks that each metric has a description and a type. */
  void assertDescribed() {
    Set<String> help = described("# HELP ");
    Set<String> types = described("# TYPE ");
    Set<String> bare = new TreeSet<>();
    for (String name : samples()) {
      if (!has(help, name) || !has(types, name)) {
        bare.add(name);
      }
    }
    assertEquals(Set.of(), bare);
  }

  private Set<String> described(String word) {
    return text.lines()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).split(" ", 2))
        .filter(parts -> parts.length == 2 && !parts[1].isBlank())
        .map(parts -> parts[0])
        .collect(Collectors.toSet());
  }

  /** The names of all samples. */
  Set<String> samples() {
    return text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A histogram or summary is described under the name that its samples have in common. */
  private static boolean has(Set<String> described, String name) {
    return described.contains(name)
        || List.of("_bucket", "_sum", "_count").stream()
            .anyMatch(end ->
                name.endsWith(end)
                    && described.contains(name.substring(0, name.length() - end.length())));
  }
}
