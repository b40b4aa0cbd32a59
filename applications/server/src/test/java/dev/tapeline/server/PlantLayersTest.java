package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The packages of the plant, from the bottom: names, what is written and read under them, the
 * sources. Those in the middle do not know each other, but that foreign ticks are told by the form
 * of the own ones.
 */
@AnalyzeClasses(
    packages = "dev.tapeline.plant",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class PlantLayersTest {

  private static final String ROOT = "dev.tapeline.plant.";

  @ArchTest
  static final ArchRule eachPackageUsesOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("channels")
          .definedBy(ROOT + "channels")
          .layer("wire")
          .definedBy(ROOT + "wire")
          .layer("foreign")
          .definedBy(ROOT + "foreign")
          .layer("instruments")
          .definedBy(ROOT + "instruments")
          .layer("watch")
          .definedBy(ROOT + "watch")
          .layer("demand")
          .definedBy(ROOT + "demand")
          .layer("bus")
          .definedBy(ROOT + "bus")
          .layer("supply")
          .definedBy(ROOT + "supply")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("foreign", "supply")
          .whereLayer("foreign")
          .mayOnlyBeAccessedByLayers("supply")
          .whereLayer("instruments")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("watch")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demand")
          .mayOnlyBeAccessedByLayers("watch")
          .whereLayer("bus")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("supply")
          .mayNotBeAccessedByAnyLayer();
}
