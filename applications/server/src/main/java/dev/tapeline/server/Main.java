package dev.tapeline.server;

import dev.tapeline.server.cli.Commands;
import java.security.Security;

/** The entry point of the program. */
public final class Main {

  private Main() {}

  /** How long a resolved host name is cached: the JVM's own 30 s are longer than a failover. */
  private static final String NAME_SECONDS = "2";

  private static final String NAME_CACHE = "networkaddress.cache.ttl";

  public static void main(String[] args) {
    if (Security.getProperty(NAME_CACHE) == null) {
      Security.setProperty(NAME_CACHE, NAME_SECONDS);
    }
    System.exit(Commands.run(args));
  }
}
