package dev.tapeline.server;

import dev.tapeline.server.cli.Commands;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(Commands.run(args));
  }
}
