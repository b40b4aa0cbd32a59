package dev.tapeline.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation reads well as plain text: lines of prose and of code fit a terminal. */
class DocumentationTest {

  private static final Path ROOT = Path.of(System.getProperty("tapeline.root"));
  private static final int WIDTH = 120;

  @Test
  void linesFit() throws IOException {
    List<Path> pages = pages();
    assertFalse(pages.isEmpty());
    List<String> wide = new ArrayList<>();
    for (Path page : pages) {
      wide.addAll(wideLines(page));
    }
    assertEquals(List.of(), wide, "lines of more than %d characters".formatted(WIDTH));
  }

  /** All pages but the changelog, whose older entries have longer lines. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              pages.filter(page -> page.toString().endsWith(".md")),
              Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve))
          .sorted()
          .toList();
    }
  }

  private static List<String> wideLines(Path page) throws IOException {
    List<String> wide = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).length() > WIDTH && !isTable(lines.get(i))) {
        wide.add("%s:%d".formatted(ROOT.relativize(page), i + 1));
      }
    }
    return wide;
  }

  private static boolean isTable(String line) {
    return line.stripLeading().startsWith("|");
  }
}
