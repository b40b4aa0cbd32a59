package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The packages of the simulators, from the bottom: the market and the network, which do not know
 * each other but for the ticks, what joins them, and the vendors, which do not know each other.
 */
@AnalyzeClasses(
    packages = "dev.tapeline.simulate",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class SimulateLayersTest {

  private static final String ROOT = "dev.tapeline.simulate.";

  @ArchTest
  static final ArchRule eachPackageUsesOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("market")
          .definedBy(ROOT + "market")
          .layer("net")
          .definedBy(ROOT + "net")
          .layer("control")
          .definedBy(ROOT + "control")
          .layer("dhan")
          .definedBy(ROOT + "dhan")
          .layer("binance")
          .definedBy(ROOT + "binance")
          .layer("deribit")
          .definedBy(ROOT + "deribit")
          .whereLayer("market")
          .mayOnlyBeAccessedByLayers("control", "dhan", "binance", "deribit")
          .whereLayer("net")
          .mayOnlyBeAccessedByLayers("control", "dhan", "binance", "deribit")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("dhan", "binance", "deribit")
          .whereLayer("dhan")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("binance")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("deribit")
          .mayNotBeAccessedByAnyLayer();
}
