package dev.tapeline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.CLI;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Chromium for the tests: the system's if there is one, otherwise Debian's by apt-get if this
 * user may install it, otherwise Playwright's own. Without a browser the tests fail.
 */
final class Browsers {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private Browsers() {}

  /** Starts Playwright's driver without its default download of all browsers. */
  static Playwright playwright() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
  }

  static Browser launch(Playwright playwright) throws IOException, InterruptedException {
    LaunchOptions options = new LaunchOptions().setArgs(ARGUMENTS);
    Optional<Path> executable = installed();
    if (executable.isEmpty() && mayInstall()) {
      run("apt-get", "update");
      run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
      executable = installed();
    }
    if (executable.isPresent()) {
      options.setExecutablePath(executable.get());
    } else {
      run(
          java(),
          "-cp",
          System.getProperty("java.class.path"),
          CLI.class.getName(),
          "install",
          "chromium");
    }
    return playwright.chromium().launch(options);
  }

  private static Optional<Path> installed() {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return NAMES.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean mayInstall() {
    return "root".equals(System.getProperty("user.name"))
        && Stream.of("/usr/bin/apt-get").map(Path::of).allMatch(Files::isExecutable);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit);
    }
  }
}
