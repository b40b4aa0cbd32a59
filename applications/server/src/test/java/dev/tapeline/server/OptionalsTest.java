package dev.tapeline.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Optional;

/** {@code Optional} is what a method returns: no method, constructor or record takes one. */
@AnalyzeClasses(
    packages = "dev.tapeline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class OptionalsTest {

  /** The compiler makes methods of lambdas, whose parameters are what others return. */
  private static final DescribedPredicate<JavaCodeUnit> WRITTEN =
      DescribedPredicate.describe(
          "are written", unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC));

  private static final DescribedPredicate<List<JavaClass>> WITH_OPTIONAL =
      DescribedPredicate.describe(
          "Optional",
          types -> types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class)));

  @ArchTest
  static final ArchRule optionalIsForReturning =
      noCodeUnits().that(WRITTEN).should().haveRawParameterTypes(WITH_OPTIONAL);
}
