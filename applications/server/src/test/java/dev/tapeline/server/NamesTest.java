package dev.tapeline.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The law of names: the names of the product's channels and cache keys stand in {@code
 * plant.channels} alone. The names themselves are read from there, so that a new one is covered.
 */
@AnalyzeClasses(
    packages = "dev.tapeline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class NamesTest {

  private static final String PLACE = "dev.tapeline.plant.channels";

  /** Stands for the variable parts of a name, as in the class file of a sum of texts. */
  private static final String MARKER = "\u0001";

  @ArchTest
  static void namesStandInOnePlace(JavaClasses classes) {
    rule(namesOf(classes)).check(classes);
  }

  @ArchTest
  static void channelsAndKeysAreFound(JavaClasses classes) {
    Set<String> names = namesOf(classes);
    for (String name :
        List.of(
            Channels.allTicks(),
            Channels.tick(""),
            Channels.ltpUpdates(),
            Channels.signal(""),
            "positions:",
            Keys.ltp(""),
            Keys.simulated(),
            Keys.heartbeat())) {
      assertTrue(names.contains(name), () -> name + " is missing in " + names);
    }
  }

  /** Writes names of channels and keys in all the ways that the rule finds. */
  @SuppressWarnings("unused")
  private static final class Offender {

    private static final String EXACT = "live_ltp_updates";

    private static String behindPrefix(String symbol) {
      return "market:tick:" + symbol;
    }

    private static String inJson() {
      return "{\"channels\":[\"trade@X\"]}";
    }

    private static List<String> inLists() {
      return List.of("all,positions:*", "Class=candles:{symbol}");
    }

    @Deprecated(since = "price:X")
    private static boolean asCase(String key) {
      return switch (key) {
        case "market_stream:simulated" -> true;
        default -> false;
      };
    }

    private static String innocent() {
      return "btcusdt@trade, remarket:tick:X, \"price\":1, /market_stream";
    }
  }

  @Test
  void eachWayOfWritingANameIsFound() {
    JavaClasses place = new ClassFileImporter().importPackages(PLACE);
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    Set<String> found =
        new TreeSet<>(rule(namesOf(place)).evaluate(offender).getFailureReport().getDetails());
    assertEquals(
        Stream.of(
                "live_ltp_updates",
                "market:tick:{}",
                "{\"channels\":[\"trade@X\"]}",
                "all,positions:*",
                "Class=candles:{symbol}",
                "price:X",
                "market_stream:simulated")
            .map(text -> violation(Offender.class.getName(), text))
            .collect(Collectors.toCollection(TreeSet::new)),
        found);
  }

  private static ArchRule rule(Set<String> names) {
    Pattern name =
        Pattern.compile(
            names.stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(^|[\",=])(", ")")));
    return ArchRuleDefinition.classes()
        .that()
        .resideOutsideOfPackage(PLACE)
        .should(
            new ArchCondition<JavaClass>("write no name of a channel or cache key") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                textsOf(type)
                    .filter(text -> name.matcher(text).find())
                    .forEach(text ->
                        events.add(
                            SimpleConditionEvent.violated(type, violation(type.getName(), text))));
              }
            });
  }

  private static String violation(String type, String text) {
    return "%s writes '%s', a name of %s".formatted(type, text.replace(MARKER, "{}"), PLACE);
  }

  /** All texts in the class file, whether literals, values of annotations or parts of a sum. */
  private static Stream<String> textsOf(JavaClass type) {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return StreamSupport.stream(
              ClassFile.of().parse(file.readAllBytes()).constantPool().spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The constants of the place, and what its methods make, up to the first variable part. */
  private static Set<String> namesOf(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(PLACE))
        .map(JavaClass::reflect)
        .flatMap(type ->
            Stream.concat(
                Stream.of(type.getDeclaredFields()).flatMap(NamesTest::constant),
                Stream.of(type.getDeclaredMethods()).flatMap(NamesTest::made)))
        .map(name -> name.split("[" + MARKER + "*]", 2)[0])
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> constant(Field field) {
    if (!Modifier.isStatic(field.getModifiers()) || field.getType() != String.class) {
      return Stream.of();
    }
    try {
      field.setAccessible(true);
      return Stream.of((String) field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> made(Method method) {
    boolean makesName =
        Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers());
    if (!makesName || method.getReturnType() != String.class) {
      return Stream.of();
    }
    Object[] arguments =
        Arrays.stream(method.getParameterTypes())
            .map(type -> type == String.class ? (Object) MARKER : 0)
            .toArray();
    try {
      return Stream.of((String) method.invoke(null, arguments));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
