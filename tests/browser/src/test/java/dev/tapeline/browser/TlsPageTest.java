package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import dev.tapeline.tls.TestCertificate;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a server that speaks TLS. */
@ExtendWith(InBrowser.class)
class TlsPageTest {

  @TempDir private Path folder;

  @Test
  void thePageAndItsSocketAreEncrypted(Lab lab) {
    TlsFiles files = TestCertificate.of("localhost").write(folder);
    Map<String, String> settings =
        Map.of(
            "TLS_CERT", files.certificate().toString(),
            "TLS_KEY", files.key().toString());
    List<String> sockets = new CopyOnWriteArrayList<>();
    try (LiveServer server = LiveServer.simulated(settings)) {
      Desk desk =
          lab.visit(
                  server,
                  Lab.options().setIgnoreHTTPSErrors(true),
                  page -> page.onWebSocket(socket -> sockets.add(socket.url())))
              .isLive();
      Desk.moves(desk.price("NIFTY"));
      assertTrue(desk.page().url().startsWith("https://"), desk.page()::url);
      assertTrue(sockets.stream().allMatch(url -> url.startsWith("wss://")), sockets::toString);
      assertTrue(!sockets.isEmpty(), "no socket");
      server.restart();
      desk.isLive();
      assertThat(desk.notice()).hasCount(0);
    }
  }
}
