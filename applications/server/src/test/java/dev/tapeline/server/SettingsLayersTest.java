package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the settings: declarations, the parts, and the whole, from the bottom. */
@AnalyzeClasses(
    packages = "dev.tapeline.server.settings",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class SettingsLayersTest {

  private static final String ROOT = "dev.tapeline.server.settings";

  @ArchTest
  static final ArchRule eachPackageUsesOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("declaration")
          .definedBy(ROOT + ".declaration")
          .layer("part")
          .definedBy(ROOT + ".part")
          .layer("settings")
          .definedBy(ROOT)
          .whereLayer("part")
          .mayOnlyBeAccessedByLayers("settings")
          .whereLayer("settings")
          .mayNotBeAccessedByAnyLayer();
}
