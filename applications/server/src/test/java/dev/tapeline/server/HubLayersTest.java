package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** The packages of the hub: each uses only those before it, and there are no others. */
@AnalyzeClasses(
    packages = "dev.tapeline.hub",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class HubLayersTest {

  private static final List<String> LAYERS =
      List.of("message", "frame", "ring", "topic", "slow", "lane", "request");

  @ArchTest static final ArchRule eachPackageUsesOnlyThoseBelow = layers();

  private static ArchRule layers() {
    LayeredArchitecture rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String layer : LAYERS) {
      rule = rule.layer(layer).definedBy("dev.tapeline.hub." + layer);
    }
    for (int i = 0; i < LAYERS.size() - 1; i++) {
      String[] above = LAYERS.subList(i + 1, LAYERS.size()).toArray(String[]::new);
      rule = rule.whereLayer(LAYERS.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    return rule.whereLayer(LAYERS.getLast()).mayNotBeAccessedByAnyLayer();
  }
}
