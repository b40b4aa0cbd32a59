package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/**
 * The packages of the gateway: each uses only those before it, the gateway as a whole uses all, and
 * there are no others.
 */
@AnalyzeClasses(
    packages = "dev.tapeline.gateway",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class GatewayLayersTest {

  private static final String WHOLE = "dev.tapeline.gateway";

  private static final List<String> LAYERS =
      List.of(
          WHOLE + ".meters",
          WHOLE + ".client",
          WHOLE + ".admin",
          WHOLE + ".listen.answer",
          WHOLE + ".listen.http",
          WHOLE + ".listen.accept",
          WHOLE + ".listen.relay",
          WHOLE + ".listen.open",
          WHOLE + ".listen.websocket",
          WHOLE + ".listen.route",
          WHOLE);

  @ArchTest static final ArchRule eachPackageUsesOnlyThoseBelow = layers();

  private static ArchRule layers() {
    LayeredArchitecture rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String layer : LAYERS) {
      rule = rule.layer(layer).definedBy(layer);
    }
    for (int i = 0; i < LAYERS.size() - 1; i++) {
      String[] above = LAYERS.subList(i + 1, LAYERS.size()).toArray(String[]::new);
      rule = rule.whereLayer(LAYERS.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    return rule.whereLayer(LAYERS.getLast()).mayNotBeAccessedByAnyLayer();
  }
}
