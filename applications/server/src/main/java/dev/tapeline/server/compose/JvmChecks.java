package dev.tapeline.server.compose;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tapeline.core.Finding;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The checks of the JVM that runs this program.
 *
 * @param version of the JDK
 * @param compactHeaders whether its objects have compact headers
 */
public record JvmChecks(Runtime.Version version, boolean compactHeaders) {

  private static final int JDK = 25;
  private static final Runtime.Version SAFE = Runtime.Version.parse("25.0.3");

  public static JvmChecks ofThisJvm() {
    return new JvmChecks(Runtime.version(), hasCompactHeaders());
  }

  private static boolean hasCompactHeaders() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return jvm != null
        && Boolean.parseBoolean(jvm.getVMOption("UseCompactObjectHeaders").getValue());
  }

  public List<Finding> findings() {
    return List.of(jdk(), headers());
  }

  private Finding jdk() {
    if (version.feature() != JDK) {
      return Finding.fail("jdk", version.toString(), "start with a JDK " + JDK + " in JAVA_HOME");
    }
    if (version.compareToIgnoreOptional(SAFE) < 0) {
      return Finding.warn(
          "jdk",
          version + ": its garbage collector may move an array while native code writes to it",
          "start with a JDK " + SAFE + " or newer in JAVA_HOME");
    }
    return Finding.ok("jdk", version.toString());
  }

  private Finding headers() {
    return compactHeaders
        ? Finding.warn(
            "object headers",
            "compact: JDK 25 may then copy arrays incorrectly (JDK-8380060)",
            "remove -XX:+UseCompactObjectHeaders from TAPELINE_JAVA_OPTS or the command line")
        : Finding.ok("object headers", "not compact");
  }
}
