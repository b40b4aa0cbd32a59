package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DemandTallyTest {

  private static final List<String> NAMES = List.of("a", "b", "c", "d*", "*");
  private static final List<String> NODES = List.of("x", "y", "z");

  /** A change of one node. */
  private sealed interface Step {

    record Want(String node, Set<String> names) implements Step {}

    record Release(String node, Set<String> names) implements Step {}

    record Die(String node) implements Step {}

    /** The node sends all its wishes again. */
    record Return(String node, Set<String> names) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> node = Arbitraries.of(NODES);
    Arbitrary<Set<String>> names = Arbitraries.of(NAMES).set();
    return Arbitraries.oneOf(
            List.<Arbitrary<Step>>of(
                Combinators.combine(node, names).as(Step.Want::new),
                Combinators.combine(node, names).as(Step.Release::new),
                Combinators.combine(node, names).as(Step.Return::new),
                node.map(Step.Die::new)))
        .list()
        .ofMaxSize(30);
  }

  /** After each step the listener knows exactly the wanted selectors, and each count is right. */
  @Property(tries = 1_000)
  void anyInterleavingEndsWithWhatIsWanted(@ForAll("steps") List<Step> steps) {
    DemandTally tally = new DemandTally(100);
    DemandRecorder recorder = new DemandRecorder();
    tally.listen(recorder);
    Map<String, Set<String>> model = new HashMap<>();
    for (Step step : steps) {
      apply(step, model);
      apply(step, tally);
      Set<String> wanted = new TreeSet<>();
      model.values().forEach(wanted::addAll);
      assertEquals(List.copyOf(wanted), recorder.wanted());
      for (String name : NAMES) {
        long nodes = model.values().stream().filter(it -> it.contains(name)).count();
        assertEquals(nodes, tally.nodesWanting(Selector.parse(name)));
      }
      long patterns = wanted.stream().filter(it -> it.contains("*")).count();
      assertEquals(
          new Demand.Wishes(
              (int) model.values().stream().filter(it -> !it.isEmpty()).count(),
              wanted.size() - (int) patterns,
              (int) patterns),
          tally.all());
    }
  }

  private static void apply(Step step, Map<String, Set<String>> model) {
    switch (step) {
      case Step.Want(String node, Set<String> names) ->
          model.computeIfAbsent(node, _ -> new HashSet<>()).addAll(names);
      case Step.Release(String node, Set<String> names) ->
          model.getOrDefault(node, new HashSet<>()).removeAll(names);
      case Step.Die(String node) -> model.remove(node);
      case Step.Return(String node, Set<String> names) -> model.put(node, new HashSet<>(names));
    }
  }

  private static void apply(Step step, DemandTally tally) {
    switch (step) {
      case Step.Want(String node, Set<String> names) -> tally.add(node, parse(names));
      case Step.Release(String node, Set<String> names) -> tally.remove(node, parse(names));
      case Step.Die(String node) -> tally.removeNode(node);
      case Step.Return(String node, Set<String> names) -> tally.replace(node, parse(names));
    }
  }

  private static Set<Selector> parse(Collection<String> names) {
    return names.stream().map(Selector::parse).collect(Collectors.toSet());
  }

  @Test
  void replacingTellsOnlyWhatHasChanged() {
    DemandTally tally = new DemandTally(10);
    DemandRecorder recorder = new DemandRecorder();
    tally.listen(recorder);
    tally.replace("x", parse(List.of("a", "b")));
    tally.replace("y", parse(List.of("b")));
    tally.replace("x", parse(List.of("a", "c")));
    List<String> events = new ArrayList<>(recorder.events());
    assertEquals(Set.of("+a", "+b", "+c"), Set.copyOf(events));
    assertEquals(List.of("a", "b", "c"), recorder.wanted());
  }
}
