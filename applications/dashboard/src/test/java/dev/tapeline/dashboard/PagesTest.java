package dev.tapeline.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What can be said of the pages without a browser: nothing is missing, nothing comes from
 * elsewhere.
 */
class PagesTest {

  private static final String SITE = "META-INF/resources/tapeline";
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import)\\s*\\(?['\"]([^'\"]+)['\"]");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"$]+)\"");
  private static final Pattern FOREIGN = Pattern.compile("(?:https?:)?//[\\w.-]+\\.\\w+");

  /** The link that the licence of the chart library asks for. It is followed, never loaded. */
  private static final String CREDIT =
      """
      <a href="https://www.tradingview.com/" target="_blank"
        rel="noopener noreferrer">\
      """;

  private static final Pattern INLINE =
      Pattern.compile("<script>|<script type=\"module\">|<style|\\sstyle=|\\son[a-z]+=|eval\\(");

  @Test
  void everyModuleImportIsOnTheClassPath() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path file : files(".js")) {
      for (String target : targets(IMPORT, file)) {
        String resource = resource(file, target);
        if (resourceIsMissing(resource)) {
          missing.add(site().relativize(file) + " imports " + target);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void librariesImportOnlyByPath() throws IOException {
    String library = Files.readString(site().resolve("js/widgets/lib.js"));
    List<String> bare = new ArrayList<>();
    for (String target : targets(IMPORT, library)) {
      String resource = "META-INF/resources" + target;
      try (var stream = getClass().getClassLoader().getResourceAsStream(resource)) {
        String source = new String(stream.readAllBytes());
        targets(IMPORT, source).stream().filter(it -> !it.startsWith(".")).forEach(bare::add);
      }
    }
    assertEquals(List.of(), bare, "a bare import needs an import map, which the policy forbids");
  }

  @Test
  void everyLinkOfThePagesExists() throws IOException {
    List<Path> pages = files(".html");
    assertFalse(pages.isEmpty());
    for (Path page : pages) {
      List<String> links = targets(LINK, page);
      assertFalse(links.isEmpty());
      for (String link : links) {
        assertFalse(resourceIsMissing(resource(page, link)), () -> page + " links to " + link);
      }
    }
  }

  @Test
  void nothingIsInlineOrForeign() throws IOException {
    for (String ending : List.of(".html", ".js", ".css")) {
      for (Path file : files(ending)) {
        String text = Files.readString(file).replace(CREDIT, "");
        assertFalse(INLINE.matcher(text).find(), () -> file + " has inline code or style");
        assertFalse(FOREIGN.matcher(text).find(), () -> file + " names another origin");
      }
    }
  }

  /** The chart library is larger than all else, so only what a page imports later may name it. */
  @Test
  void chartLibraryIsImportedOnlyWhereAChartIsShown() throws IOException {
    assertEquals(List.of("js/widgets/chart-lib.js"), modulesWith("/webjars/lightweight-charts/"));
    assertEquals(List.of("js/widgets/chart.js"), modulesWith("chart-lib.js'"));
    assertEquals(List.of("js/pages/chart.js"), modulesWith("import('../widgets/chart.js')"));
    assertEquals(List.of("js/pages/chart.js"), modulesWith("widgets/chart.js'"));
  }

  private static List<String> modulesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(".js")) {
      if (Files.readString(file).contains(text)) {
        found.add(site().relativize(file).toString());
      }
    }
    return found;
  }

  @Test
  void modulesStaySmall() throws IOException {
    for (Path file : files(".js")) {
      assertTrue(Files.readAllLines(file).size() < 250, () -> file + " is too long");
    }
  }

  private static List<String> targets(Pattern pattern, Path file) throws IOException {
    return targets(pattern, Files.readString(file));
  }

  private static List<String> targets(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
  }

  /** Where a link of a file lies on the class path, the site's root being `/`. */
  private static String resource(Path file, String target) {
    if (target.equals("/")) {
      return SITE + "/index.html";
    }
    if (target.startsWith("/webjars/")) {
      return "META-INF/resources" + target;
    }
    String base = "/" + site().relativize(file);
    return SITE + URI.create(base).resolve(target);
  }

  private static boolean resourceIsMissing(String resource) {
    return PagesTest.class.getClassLoader().getResource(resource) == null;
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(site())) {
      return files.filter(it -> it.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Path site() {
    try {
      return Path.of(PagesTest.class.getClassLoader().getResource(SITE).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
