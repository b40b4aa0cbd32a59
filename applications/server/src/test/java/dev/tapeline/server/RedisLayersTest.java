package dev.tapeline.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers within the module {@code redis}: which of its packages may use which. */
@AnalyzeClasses(
    packages = "dev.tapeline.redis",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class RedisLayersTest {

  @ArchTest
  static final ArchRule packagesUseThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.tapeline.redis..")
          .ensureAllClassesAreContainedInArchitectureIgnoring("dev.tapeline.redis")
          .layer("wire")
          .definedBy("dev.tapeline.redis.wire")
          .layer("address")
          .definedBy("dev.tapeline.redis.address")
          .layer("topology")
          .definedBy("dev.tapeline.redis.topology")
          .layer("sentinel")
          .definedBy("dev.tapeline.redis.sentinel")
          .layer("cluster")
          .definedBy("dev.tapeline.redis.cluster")
          .layer("connect")
          .definedBy("dev.tapeline.redis.connect")
          .layer("log")
          .definedBy("dev.tapeline.redis.log")
          .layer("receive")
          .definedBy("dev.tapeline.redis.receive")
          .layer("bus")
          .definedBy("dev.tapeline.redis.bus")
          .layer("cache")
          .definedBy("dev.tapeline.redis.cache")
          .layer("lease")
          .definedBy("dev.tapeline.redis.lease")
          .layer("demand")
          .definedBy("dev.tapeline.redis.demand")
          .layer("doctor")
          .definedBy("dev.tapeline.redis.doctor")
          .whereLayer("wire")
          .mayNotAccessAnyLayer()
          .whereLayer("address")
          .mayNotAccessAnyLayer()
          .whereLayer("topology")
          .mayOnlyAccessLayers("address", "wire")
          .whereLayer("sentinel")
          .mayOnlyAccessLayers("topology", "address", "wire")
          .whereLayer("cluster")
          .mayOnlyAccessLayers("topology", "address", "wire")
          .whereLayer("connect")
          .mayOnlyAccessLayers("cluster", "sentinel", "topology", "address")
          .whereLayer("log")
          .mayOnlyAccessLayers("topology", "address", "wire")
          .whereLayer("receive")
          .mayOnlyAccessLayers("log", "topology", "address", "wire")
          .whereLayer("bus")
          .mayOnlyAccessLayers("receive", "log", "topology", "address", "wire")
          .whereLayer("cache")
          .mayOnlyAccessLayers("topology", "address")
          .whereLayer("lease")
          .mayOnlyAccessLayers("bus", "log", "topology", "address")
          .whereLayer("demand")
          .mayOnlyAccessLayers("lease", "log", "topology")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("connect", "topology", "address");
}
