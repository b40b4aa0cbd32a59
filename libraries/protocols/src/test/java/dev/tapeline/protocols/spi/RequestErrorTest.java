package dev.tapeline.protocols.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the wire protocol lists the error codes, all of them and no others. */
class RequestErrorTest {

  /** The places that list codes: a row, a line of a list, a paragraph or the cell of a table. */
  private static final Pattern LISTS =
      Pattern.compile(
          "^(?:\\| `\\{\"type\":\"error\".*"
              + "|- `[a-z_]+`: .*"
              + "|Errors: [^\\n]+\\n[^\\n]+"
              + "|\\| (?:`[a-z_]+`(?:, )?)+.*?(?=\\|))",
          Pattern.MULTILINE);

  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  @Test
  void thePageListsAllCodesAndNoOthers() throws IOException {
    String page = nativeProtocol();
    Set<String> listed =
        LISTS
            .matcher(page)
            .results()
            .flatMap(list -> CODE.matcher(list.group()).results())
            .map(code -> code.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known =
        Stream.of(RequestError.values())
            .map(RequestError::text)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, listed);
  }

  /** The part of the page about the native protocol, without the tables of channel kinds. */
  private static String nativeProtocol() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("tapeline.root"), "docs", "wire-protocol.md"));
    return page.substring(page.indexOf("### Publishing"), page.indexOf("## Compression and lines"));
  }
}
