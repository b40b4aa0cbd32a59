package dev.tapeline.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A method that asks changes nothing: one named {@code is…}, {@code has…} or {@code finds…} that
 * returns a boolean writes no field of its class, and changes no collection, map or counter,
 * neither itself nor by another method of its class.
 */
@AnalyzeClasses(
    packages = "dev.tapeline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class QuestionsTest {

  private static final Pattern QUESTION = Pattern.compile("(is|has|finds)[A-Z].*");

  private static final List<Class<?>> CHANGEABLE =
      List.of(
          Collection.class,
          Map.class,
          LongAdder.class,
          AtomicBoolean.class,
          AtomicInteger.class,
          AtomicLong.class,
          AtomicReference.class);

  private static final Pattern CHANGING =
      Pattern.compile(
          "(add|put|remove|poll|offer|push|pop|take|clear|compute|merge|retain|set|getAnd"
              + "|increment|decrement|update|accumulate|compareAndSet|replace|reset).*|.*AndGet");

  @ArchTest
  static final ArchRule questionsChangeNothing =
      methods().that(areQuestions()).should(changeNothing());

  private static DescribedPredicate<JavaMethod> areQuestions() {
    return DescribedPredicate.describe(
        "are named as questions and return a boolean",
        method ->
            method.getRawReturnType().isEquivalentTo(boolean.class)
                && QUESTION.matcher(method.getName()).matches());
  }

  private static ArchCondition<JavaMethod> changeNothing() {
    return new ArchCondition<>("change nothing") {
      @Override
      public void check(JavaMethod question, ConditionEvents events) {
        changes(question)
            .forEach(change ->
                events.add(SimpleConditionEvent.violated(question, change.getDescription())));
      }
    };
  }

  /**
   * The changes that a method makes to fields, collections and counters, itself or within its
   * class.
   */
  private static List<JavaAccess<?>> changes(JavaMethod question) {
    List<JavaAccess<?>> changes = new ArrayList<>();
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> left = new ArrayDeque<>(List.of(question));
    while (!left.isEmpty()) {
      JavaCodeUnit unit = left.remove();
      if (seen.add(unit)) {
        writes(unit).forEach(changes::add);
        calls(unit).filter(QuestionsTest::changesItsTarget).forEach(changes::add);
        calls(unit)
            .filter(call -> call.getTargetOwner().equals(question.getOwner()))
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .filter(called -> isStatic(called) || !isStatic(unit)) // or of an object of its own
            .forEach(left::add);
      }
    }
    return changes;
  }

  private static boolean isStatic(JavaCodeUnit unit) {
    return unit.getModifiers().contains(JavaModifier.STATIC);
  }

  private static Stream<JavaFieldAccess> writes(JavaCodeUnit unit) {
    return unit.getFieldAccesses().stream()
        .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET)
        .filter(access -> access.getTargetOwner().equals(unit.getOwner()));
  }

  private static Stream<JavaMethodCall> calls(JavaCodeUnit unit) {
    return unit.getMethodCallsFromSelf().stream();
  }

  private static boolean changesItsTarget(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    return CHANGING.matcher(call.getName()).matches()
        && CHANGEABLE.stream().anyMatch(owner::isAssignableTo);
  }

  /** Questions that change something, each in its own way, and one that does not. */
  @SuppressWarnings("unused")
  private static final class Guilty {

    private final List<String> waiters = new ArrayList<>();
    private final LongAdder asked = new LongAdder();
    private int count;

    boolean isCounted() {
      return count++ > 0;
    }

    boolean isAwaited(String who) {
      return waiters.add(who);
    }

    boolean hasBeenAsked() {
      asked.increment();
      return asked.sum() > 1;
    }

    boolean findsMore() {
      return take() > 0;
    }

    private int take() {
      waiters.clear();
      return 1;
    }

    boolean hasWaiters() {
      return !waiters.isEmpty();
    }
  }

  @Test
  void questionsThatActAreFound() {
    JavaClasses guilty = new ClassFileImporter().importClasses(Guilty.class);
    List<String> found =
        guilty.get(Guilty.class).getMethods().stream()
            .filter(areQuestions())
            .filter(method -> !changes(method).isEmpty())
            .map(JavaMethod::getName)
            .sorted()
            .toList();
    assertEquals(List.of("findsMore", "hasBeenAsked", "isAwaited", "isCounted"), found);
  }
}
