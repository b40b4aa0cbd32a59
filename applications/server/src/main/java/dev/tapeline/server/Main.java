package dev.tapeline.server;

import dev.tapeline.server.cli.Commands;
import java.security.Security;

/** The program. */
public final class Main {

  private Main() {}

  /** For how long a name leads to the same address: the JVM's own 30 s outlast a failover. */
  private static final String NAME_SECONDS = "2";

  private static final String NAME_CACHE = "networkaddress.cache.ttl";

  public static void main(String[] args) {
    if (Security.getProperty(NAME_CACHE) == null) {
      Security.setProperty(NAME_CACHE, NAME_SECONDS);
    }
    System.exit(Commands.run(args));
  }
}
