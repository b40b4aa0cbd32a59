package dev.tapeline.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of the architecture: the packages that each module may use. */
@AnalyzeClasses(
    packages = "dev.tapeline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

  /** Excludes the test code of other modules, which the tests here use, and the test libraries. */
  static final class NoTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/tests/output/");
    }
  }

  /** The packages that every module may use. */
  private static final List<String> ANYONE = List.of("java..", "org.jspecify..");

  @ArchTest static final ArchRule core = module("core");

  @ArchTest static final ArchRule embedded = module("embedded", "dev.tapeline.core..");

  @ArchTest static final ArchRule json = module("json", "tools.jackson..");

  @ArchTest
  static final ArchRule tls =
      module("tls", "io.netty..", "io.micrometer..", "org.slf4j..", "javax.net..");

  @ArchTest
  static final ArchRule access =
      module("access", "dev.tapeline.core..", "com.nimbusds..", "tools.jackson..", "org.slf4j..");

  @ArchTest
  static final ArchRule redis =
      module(
          "redis",
          "dev.tapeline.core..",
          "javax.net..",
          "io.lettuce..",
          "io.netty..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule hub =
      module(
          "hub",
          "dev.tapeline.core..",
          "dev.tapeline.json..",
          "io.netty..",
          "tools.jackson..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule protocols =
      module(
          "protocols",
          "dev.tapeline.hub..",
          "dev.tapeline.access..",
          "dev.tapeline.core..",
          "dev.tapeline.json..",
          "io.netty..",
          "tools.jackson..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule gateway =
      module(
          "gateway",
          "dev.tapeline.protocols..",
          "dev.tapeline.hub..",
          "dev.tapeline.access..",
          "dev.tapeline.core..",
          "dev.tapeline.json..",
          "dev.tapeline.tls..",
          "io.netty..",
          "tools.jackson..",
          "io.micrometer..",
          "org.slf4j..");

  @ArchTest static final ArchRule market = module("market");

  /** One-time codes for a vendor's tokens need {@code javax.crypto}; Netty speaks WebSocket. */
  @ArchTest
  static final ArchRule feed =
      module(
          "feed",
          "dev.tapeline.market..",
          "io.netty..",
          "tools.jackson..",
          "javax.crypto..",
          "javax.net..",
          "org.slf4j..");

  /** A replay plays recordings too, and recordings hold instruments. */
  @ArchTest
  static final ArchRule feedsOfOneVendorSeeNoOther =
      slices()
          .matching("dev.tapeline.feed.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("dev.tapeline.feed.vendor"))
          .ignoreDependency(alwaysTrue(), resideInAPackage("dev.tapeline.feed.instruments"))
          .ignoreDependency(
              resideInAPackage("dev.tapeline.feed.replay"),
              resideInAPackage("dev.tapeline.feed.record"));

  @ArchTest
  static final ArchRule protocolsSeeNoOtherProtocol =
      slices()
          .matching("dev.tapeline.protocols.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("dev.tapeline.protocols.spi"));

  /** Each vendor's server speaks from the simulated market, and knows no other vendor's. */
  @ArchTest
  static final ArchRule simulate =
      module(
          "simulate",
          "dev.tapeline.feed..",
          "dev.tapeline.market..",
          "io.netty..",
          "javax.crypto..",
          "tools.jackson..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule simulatedVendorsSeeNoOther =
      slices()
          .matching("dev.tapeline.simulate.(dhan|binance|deribit)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule plant =
      module(
          "plant",
          "dev.tapeline.feed..",
          "dev.tapeline.market..",
          "dev.tapeline.core..",
          "dev.tapeline.json..",
          "com.fasterxml.jackson..",
          "tools.jackson..",
          "io.micrometer..",
          "org.slf4j..");

  /** JDBC is {@code java.sql}, and {@code javax.sql} for sources of connections. */
  @ArchTest
  static final ArchRule store =
      module(
          "store",
          "dev.tapeline.market..",
          "dev.tapeline.core..",
          "javax.sql..",
          "org.postgresql..",
          "com.zaxxer.hikari..",
          "org.jdbi..",
          "org.flywaydb..",
          "org.apache.commons.compress..",
          "org.tukaani.xz..",
          "tools.jackson..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule rest =
      module(
          "rest",
          "dev.tapeline.plant..",
          "dev.tapeline.store..",
          "dev.tapeline.market..",
          "dev.tapeline.access..",
          "dev.tapeline.tls..",
          "dev.tapeline.core..",
          "dev.tapeline.json..",
          "com.fasterxml.jackson..",
          "tools.jackson..",
          "io.javalin..",
          "jakarta.servlet..",
          "kotlin..",
          "org.eclipse.jetty..",
          "org.apache.arrow.flatbuf..",
          "com.google.flatbuffers..",
          "io.micrometer..",
          "io.netty.handler.ssl..",
          "org.slf4j..");

  /** The rule that a module uses only itself, the common packages and these packages. */
  private static ArchRule module(String name, String... others) {
    String own = "dev.tapeline." + name + "..";
    String[] allowed =
        Stream.of(Stream.of(own), ANYONE.stream(), Stream.of(others))
            .flatMap(packages -> packages)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  @ArchTest
  static final ArchRule marketDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.tapeline.market..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..");

  @ArchTest
  static final ArchRule marketHasNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("dev.tapeline.market..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class);

  @ArchTest
  static final ArchRule modulesHaveNoCycles =
      slices().matching("dev.tapeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingUsesTheServerButTheBench =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.tapeline.server..", "dev.tapeline.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.tapeline.server..");

  @ArchTest
  static final ArchRule loggingIsSlf4j =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Logger.class);

  @ArchTest
  static final ArchRule onlyCommandsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.tapeline.server.cli..", "dev.tapeline.bench..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule bareRuntimeExceptionsAreNotThrown =
      noClasses()
          .that()
          .areNotAssignableTo(RuntimeException.class)
          .should()
          .callConstructor(RuntimeException.class)
          .orShould()
          .callConstructor(RuntimeException.class, String.class)
          .orShould()
          .callConstructor(RuntimeException.class, Throwable.class)
          .orShould()
          .callConstructor(RuntimeException.class, String.class, Throwable.class);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.tapeline.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .areTopLevelClasses()
          .should(
              new ArchCondition<JavaClass>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getPackageName() + " is not @NullMarked"));
                }
              });
}
