package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PatternIndexTest {

  private static final String NAME = "market:tick:RELIANCE";

  private final PatternIndex<String> index = new PatternIndex<>();

  private void put(String pattern) {
    index.put(Pattern.parse(pattern), pattern);
  }

  private List<String> matching(String name) {
    List<String> found = new ArrayList<>();
    index.forEachMatch(name, found::add);
    return found.stream().sorted().toList();
  }

  /** Some patterns are added, some of them removed again; each remaining one is found once. */
  @Property(tries = 500)
  void findsThoseThatMatchEachOnce(
      @ForAll @Size(max = 12)
          List<@StringLength(min = 1, max = 6) @Chars({'a', 'b', '*'}) String> patterns,
      @ForAll Set<Integer> removed,
      @ForAll @StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'b') String name) {
    PatternIndex<String> some = new PatternIndex<>();
    List<Pattern> left = new ArrayList<>(patterns.stream().map(Pattern::parse).toList());
    left.forEach(pattern -> some.put(pattern, pattern.text()));
    left.removeIf(pattern -> {
      boolean gone = removed.contains(Math.floorMod(pattern.hashCode(), 7));
      if (gone) {
        some.remove(pattern);
      }
      return gone;
    });
    List<String> found = new ArrayList<>();
    some.forEachMatch(name, found::add);
    Set<String> matching =
        left.stream()
            .filter(pattern -> pattern.matches(name))
            .map(Pattern::text)
            .collect(Collectors.toSet());
    assertEquals(matching.size(), found.size());
    assertEquals(matching, Set.copyOf(found));
    assertEquals(!matching.isEmpty(), some.matches(name));
  }

  @Test
  void removesTheBranchesThatNothingIsLeftOf() {
    put("a*b");
    put("a*bc");
    assertEquals("a*bc", index.remove(Pattern.parse("a*bc")));
    assertNull(index.remove(Pattern.parse("a*bc")));
    assertEquals(List.of("a*b"), matching("axb"));
    assertEquals(List.of(), matching("axbc"));
    index.clear();
    long before = index.steps();
    assertEquals(List.of(), matching("axb"));
    assertEquals(before + 1, index.steps());
  }

  private long stepsWith(int patterns, IntFunction<String> text) {
    PatternIndex<Integer> many = new PatternIndex<>();
    for (int i = 0; i < patterns; i++) {
      many.put(Pattern.parse(text.apply(i)), i);
    }
    assertEquals(patterns, many.size());
    boolean _ = many.matches(NAME);
    return many.steps();
  }

  /** Patterns that differ at their beginning, their end or in between cost no step. */
  @Test
  void stepsDoNotGrowWithThePatternsThatDoNotMatch() {
    List<IntFunction<String>> forms =
        List.of(
            i -> "market:tick:%05d*".formatted(i),
            i -> "other:%d:*".formatted(i),
            i -> "*%05d".formatted(i),
            i -> "*%05d*".formatted(i),
            i -> "*a".repeat(85) + "*%05d".formatted(i));
    for (IntFunction<String> form : forms) {
      assertEquals(stepsWith(1_000, form), stepsWith(10_000, form), form.apply(0));
      assertTrue(stepsWith(10_000, form) < 100 * NAME.length(), form.apply(0));
    }
  }
}
