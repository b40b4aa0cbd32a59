package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates are trusted, over real TLS. */
class TrustTest {

  private static TestCertificate own;
  private static TestCertificate other;

  private final ProbeVendor vendor = new ProbeVendor();
  private final FeedRecorder recorder = new FeedRecorder();

  @TempDir Path folder;

  @BeforeAll
  static void makeCertificates() {
    own = TestCertificate.of("own");
    other = TestCertificate.of("other");
  }

  private NetSettings trusting(TestCertificate certificate) throws IOException {
    return NetSettings.DEFAULT.withAuthorities(
        Files.writeString(folder.resolve("authorities.pem"), certificate.certificatePem()));
  }

  private List<String> arrivals(NetSettings settings, int count) {
    return arrivals(
        own,
        settings,
        count,
        peer -> {
          peer.upgrade();
          peer.text("hello");
          peer.idle();
        });
  }

  private List<String> arrivals(
      TestCertificate shown, NetSettings settings, int count, VendorServer.Script script) {
    try (VendorServer server =
            VendorServer.of(shown.serving().getServerSocketFactory(), "wss", script);
        LiveFeed feed =
            new LiveFeed("test", vendor, settings, ArrivalTap.NONE, InstantSource.system())) {
      vendor.open("a", server.uri());
      feed.start(recorder, recorder);
      return vendor.await(count);
    }
  }

  @Test
  void theCertificateOfTheFileIsTrusted() throws IOException {
    assertEquals(List.of("opened a", "text a hello"), arrivals(trusting(own), 2));
  }

  @Test
  void theCertificateOfSomebodyElseIsRefused() throws IOException {
    String end = arrivals(trusting(other), 1).getFirst();
    assertTrue(
        end.startsWith("ended a Broken[reason=the certificate of 127.0.0.1 is not trusted: "), end);
  }

  @Test
  void withoutAFileOnlyTheJdksAuthoritiesAreTrusted() {
    String end = arrivals(NetSettings.DEFAULT, 1).getFirst();
    assertTrue(
        end.startsWith("ended a Broken[reason=the certificate of 127.0.0.1 is not trusted: "), end);
  }

  @Test
  void theCertificateOfAnotherHostIsRefused() throws IOException {
    TestCertificate elsewhere =
        TestCertificate.of(
            "elsewhere", TestCertificate.EC, "-validity", "30", "-ext", "san=dns:feed.invalid");
    String end = arrivals(elsewhere, trusting(elsewhere), 1, VendorServer.Peer::upgrade).getFirst();
    assertTrue(
        end.startsWith("ended a Broken[reason=the certificate of 127.0.0.1 is not trusted: "), end);
  }

  /** The end follows the last message at once, while the inbox is full. */
  @Test
  void allThatWasSentBeforeAnEndArrives() throws IOException {
    int count = 5000;
    List<String> story =
        arrivals(
            own,
            Limits.inbox(trusting(own), 10, 1 << 20),
            count + 2,
            peer -> {
              peer.upgrade();
              for (int i = 0; i < count; i++) {
                peer.text("message " + i);
              }
              peer.end();
            });
    List<String> expected = new ArrayList<>(List.of("opened a"));
    IntStream.range(0, count).forEach(i -> expected.add("text a message " + i));
    expected.add("ended a Broken[reason=ended by the vendor without a close]");
    assertEquals(expected, story);
  }

  @Test
  void aFileWithoutCertificatesStopsTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("authorities.pem"), "");
    assertStartFails("there is no certificate in " + file, file);
  }

  @Test
  void aFileThatIsMissingStopsTheStart() {
    Path file = folder.resolve("nowhere.pem");
    assertStartFails("no certificates can be read from " + file, file);
  }

  private void assertStartFails(String message, Path file) {
    NetSettings settings = NetSettings.DEFAULT.withAuthorities(file);
    try (LiveFeed feed =
        new LiveFeed("test", vendor, settings, ArrivalTap.NONE, InstantSource.system())) {
      FeedException failure =
          assertThrows(FeedException.class, () -> feed.start(recorder, recorder));
      assertEquals(message, failure.getMessage());
    }
  }
}
