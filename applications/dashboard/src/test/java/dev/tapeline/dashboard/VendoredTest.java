package dev.tapeline.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The chart library that is kept in this module: its authors' own file, with their licence. */
class VendoredTest {

  private static final String FOLDER = "META-INF/resources/webjars/lightweight-charts/5.2.1/";

  /** The hash of the file in npm's package, which {@code vendor.sh} fetches. */
  @Test
  void chartLibraryIsUnchanged() throws IOException, NoSuchAlgorithmException {
    byte[] library = read("lightweight-charts.standalone.production.mjs");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(library);
    assertEquals(
        "1bb1ee79f9d4dd17261b53d930f7a8995748276f80e7ba0e24412b5068062f5f",
        HexFormat.of().formatHex(hash));
  }

  @Test
  void chartLibraryHasItsLicenceAndNoticeBesideIt() throws IOException {
    assertTrue(text("LICENSE").contains("Apache License"));
    assertTrue(text("NOTICE").contains("TradingView, Inc. https://www.tradingview.com/"));
  }

  private static String text(String name) throws IOException {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) throws IOException {
    try (var stream = VendoredTest.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      assertNotNull(stream, name);
      return stream.readAllBytes();
    }
  }
}
