package dev.tapeline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for operators lists each setting with its default, in the order of the catalog. */
class OperationsPageTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z_]+)`( \\*)? \\| ([^|]+) \\|", Pattern.MULTILINE);

  @Test
  void settingsAreTheCatalog() throws IOException {
    Path page = Path.of(System.getProperty("tapeline.root"), "docs", "operations.md");
    List<String> documented =
        ROW.matcher(Files.readString(page))
            .results()
            .map(row -> row.group(1) + " " + row.group(3) + (row.group(2) == null ? "" : " *"))
            .toList();
    List<String> real =
        Catalog.ALL.stream()
            .map(it -> it.variable() + " " + it.fallback().shown() + (it.isSecret() ? " *" : ""))
            .toList();
    assertEquals(real, documented);
  }
}
