package dev.tapeline.bench;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/** The packages of the load tool: no command uses another, and each layer only those below it. */
@AnalyzeClasses(
    packages = "dev.tapeline.bench",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BenchLayersTest {

  private static final String ROOT = "dev.tapeline.bench";

  /** What commands share, from the bottom. */
  private static final List<String> SHARED =
      List.of("cli", "host", "client", "subscriber", "server", "load", "dhan", "plant");

  private static final List<String> COMMANDS =
      List.of(
          "bytes",
          "comeback",
          "history",
          "jmh",
          "mixed",
          "packets",
          "publish",
          "record",
          "rush",
          "ticks",
          "vendor",
          "whole");

  @ArchTest static final ArchRule eachPackageUsesOnlyThoseBelow = layers();

  private static ArchRule layers() {
    LayeredArchitecture rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("main")
            .definedBy(ROOT);
    for (String layer : SHARED) {
      rule = rule.layer(layer).definedBy(ROOT + "." + layer);
    }
    for (String command : COMMANDS) {
      rule = rule.layer(command).definedBy(ROOT + "." + command);
    }
    for (int i = 0; i < SHARED.size(); i++) {
      List<String> above = new ArrayList<>(SHARED.subList(i + 1, SHARED.size()));
      above.addAll(COMMANDS);
      above.add("main");
      rule = rule.whereLayer(SHARED.get(i)).mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
    }
    for (String command : COMMANDS) {
      rule = rule.whereLayer(command).mayOnlyBeAccessedByLayers("main");
    }
    return rule.whereLayer("main").mayNotBeAccessedByAnyLayer();
  }
}
