package dev.tapeline.server.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} finds out about Dhan. */
class DhanChecksTest extends DoctorRig {

  private static final String GOOD = token(CLIENT, Duration.ofHours(20));

  private static final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  private static String dhan(String base) {
    return "dhan rest-url=%1$s/v2 master-url=%1$s/api-data/api-scrip-master-detailed.csv"
            .formatted(base)
        + " socket-url="
        + base.replace("http:", "ws:");
  }

  private static DhanSimulator simulator(String valid) {
    return DhanSimulator.start(
        DhanOptions.usual()
            .with(new DhanAccount(CLIENT, valid, "123456", "JBSWY3DP", Duration.ofHours(24))));
  }

  private static List<String> levels(List<Finding> found) {
    return found.stream().map(it -> it.level() + " " + it.subject()).toList();
  }

  /** The finding of a subject. */
  private static Finding of(String subject, List<Finding> found) {
    return found.stream().filter(it -> it.subject().equals("dhan " + subject)).findFirst().get();
  }

  private Finding withProfile(int status, String profile) {
    try (Page page = new Page(status, profile)) {
      return of("account", findings(dhan(page.address()), account(GOOD)));
    }
  }

  @Test
  void allIsWellWithAGoodAccount() {
    try (DhanSimulator simulator = simulator(GOOD)) {
      List<Finding> found = findings(dhan("http://127.0.0.1:" + simulator.port()), account(GOOD));
      assertEquals(
          List.of(
              "OK dhan token",
              "OK dhan client id",
              "OK dhan account",
              "OK dhan sockets",
              "OK dhan instruments"),
          levels(found));
      assertTrue(of("account", found).text().contains("is active until"), found.toString());
    }
  }

  @Test
  void aTokenThatDhanDoesNotKnowIsToldWithTheRemedy() {
    try (DhanSimulator simulator = simulator("another")) {
      Finding account =
          of("account", findings(dhan("http://127.0.0.1:" + simulator.port()), account(GOOD)));
      assertEquals(Finding.Level.FAIL, account.level());
      assertTrue(account.text().startsWith("Dhan does not accept the token: DH-901"));
      assertTrue(account.remedy().startsWith("make a new token"), account.remedy());
    }
  }

  @ParameterizedTest
  @CsvSource({"-1,FAIL,has expired at", "60,WARN,within two hours", "180,OK,ends at"})
  void theEndOfTheTokenIsTold(int minutes, Finding.Level level, String text) {
    String token = token(CLIENT, Duration.ofMinutes(minutes));
    Finding end = TokenCheck.check(token, CLIENT, Instant.now()).getFirst();
    assertEquals(level, end.level());
    assertTrue(end.text().contains(text), end.text());
  }

  @Test
  void aTokenThatIsCutOffIsDoubtful() {
    Finding end = TokenCheck.check(GOOD.substring(0, 40), CLIENT, Instant.now()).getFirst();
    assertEquals(Finding.Level.WARN, end.level());
  }

  @Test
  void aTokenOfAnotherAccountFails() {
    String other = token("2200000002", Duration.ofHours(20));
    Finding whose = TokenCheck.check(other, CLIENT, Instant.now()).getLast();
    assertEquals(
        Finding.fail(
            "client id",
            "the token is of another account than dhanhq-client-id",
            "set both from the same account"),
        whose);
  }

  @Test
  void aFileWithoutATokenIsNamedAndTheHostIsAskedAllTheSame() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    try (DhanSimulator simulator = simulator(GOOD)) {
      String feeds = dhan("http://127.0.0.1:" + simulator.port());
      for (Path file : List.of(empty, folder.resolve("missing"))) {
        List<Finding> found =
            findings(
                feeds,
                Map.of("DHANHQ_CLIENT_ID", CLIENT, "DHANHQ_ACCESS_TOKEN_FILE", file.toString()));
        assertEquals(
            List.of("FAIL dhan token", "OK dhan host", "OK dhan sockets", "OK dhan instruments"),
            levels(found));
        assertTrue(of("token", found).text().contains(file.toString()), found.toString());
      }
    }
  }

  /** The findings with tokens that are made by PIN and codes; the profile is not told. */
  private List<Finding> minting(String token, String pin, String secret) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), token);
    Path pinFile = Files.writeString(folder.resolve("pin"), pin);
    Path secretFile = Files.writeString(folder.resolve("secret"), secret);
    try (Page page =
        new Page(400, "{\"errorCode\":\"DH-906\",\"errorMessage\":\"Invalid Token\"}")) {
      return findings(
          dhan(page.address()),
          Map.of(
              "DHANHQ_CLIENT_ID",
              CLIENT,
              "DHANHQ_ACCESS_TOKEN_FILE",
              file.toString(),
              "DHANHQ_PIN_FILE",
              pinFile.toString(),
              "DHANHQ_TOTP_SECRET_FILE",
              secretFile.toString()));
    }
  }

  @Test
  void aTokenThatTheSourceReplacesIsNoFailure() throws IOException {
    List<Finding> found =
        minting(token(CLIENT, Duration.ofMinutes(-1)), "123456", "JBSWY3DPEHPK3PXP");
    assertEquals("start the source, which makes a new one", of("token", found).remedy());
    assertEquals(Finding.Level.WARN, of("account", found).level());
    assertEquals(Finding.Level.OK, of("pin", found).level());
    assertEquals(Finding.Level.OK, of("one-time codes", found).level());
    assertEquals(
        Finding.Level.OK,
        of("token", minting(token(CLIENT, Duration.ofHours(1)), "123456", "JBSWY3DPEHPK3PXP"))
            .level());
    assertEquals(Finding.Level.OK, of("token", minting(" ", "123456", "JBSWY3DPEHPK3PXP")).level());
  }

  @Test
  void secretsThatCannotBeOnesAreNamedAndNotTold() throws IOException {
    List<Finding> found = minting(GOOD, "12 34", "secret 1890");
    assertEquals(Finding.Level.FAIL, of("pin", found).level());
    assertTrue(of("pin", found).text().endsWith("pin is no PIN of 4 to 8 digits"));
    assertEquals(
        "the secret of the one-time codes is not base 32: A-Z, 2-7",
        of("one-time codes", found).text());
    assertFalse(found.toString().contains("1890"), found::toString);
  }

  @Test
  void aRenewalOfATokenThatAProgramHasMadeIsDoubtful() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "no JWT");
    try (Page page = new Page(200, "{\"dataPlan\":\"Active\"}")) {
      List<Finding> found =
          findings(
              dhan(page.address()),
              Map.of(
                  "DHANHQ_CLIENT_ID",
                  CLIENT,
                  "DHANHQ_ACCESS_TOKEN_FILE",
                  file.toString(),
                  "DHANHQ_TOKEN_RENEWAL",
                  "true"));
      assertEquals(Finding.Level.WARN, of("renewal", found).level());
    }
  }

  @Test
  void theTokenOfAFileIsUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), GOOD + "\n");
    try (DhanSimulator simulator = simulator(GOOD)) {
      List<Finding> found =
          findings(
              dhan("http://127.0.0.1:" + simulator.port()),
              Map.of("DHANHQ_CLIENT_ID", CLIENT, "DHANHQ_ACCESS_TOKEN_FILE", file.toString()));
      assertEquals(Finding.Level.OK, of("account", found).level());
    }
  }

  @Test
  void aPlanThatIsNotActiveFails() {
    Finding found = withProfile(200, "{\"dataPlan\":\"Deactivated\"}");
    assertEquals(
        Finding.fail(
            "dhan account",
            "the plan for market data is 'Deactivated'",
            "subscribe to Dhan's Data APIs on web.dhan.co"),
        found);
  }

  @ParameterizedTest
  @CsvSource({"-1,FAIL,has ended at", "1,WARN,is active until", "30,OK,is active until"})
  void theEndOfThePlanIsTold(int days, Finding.Level level, String text) {
    String end =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.S")
            .format(LocalDateTime.now(ZoneOffset.ofHoursMinutes(5, 30)).plusDays(days));
    Finding found =
        withProfile(200, "{\"dataPlan\":\"Active\",\"dataValidity\":\"%s\"}".formatted(end));
    assertEquals(level, found.level());
    assertTrue(found.text().contains(text), found.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"errorCode\":\"DH-906\",\"errorMessage\":\"Invalid Token\"} | FAIL",
        "403 | {\"errorCode\":\"DH-902\",\"errorMessage\":\"no access\"} | FAIL",
        "429 | {\"errorCode\":\"DH-904\",\"errorMessage\":\"Rate_Limit\"} | WARN",
        "500 | {\"errorCode\":\"DH-908\",\"errorMessage\":\"internal\"} | WARN",
        "404 | {\"error\":\"Not Found\"} | FAIL",
        "200 | {} | WARN",
        "200 | no JSON | FAIL",
      })
  void whatElseDhanAnswersIsJudged(int status, String body, Finding.Level level) {
    assertEquals(level, withProfile(status, body).level());
  }

  @Test
  void secretsThatTheVendorRepeatsAreNotTold() {
    String echo = "{\"errorCode\":\"DH-905\",\"errorMessage\":\"bad %s of %s\"}";
    Finding found = withProfile(400, echo.formatted(GOOD, CLIENT));
    assertTrue(found.text().endsWith("bad *** of ***"), found.text());
  }

  @Test
  void aPageInPlaceOfAnAnswerIsAFirewall() {
    try (Page page = new Page(403, "<html>no</html>")) {
      Finding host = of("host", findings(dhan(page.address()), account(GOOD)));
      assertEquals(Finding.Level.FAIL, host.level());
      assertTrue(host.text().endsWith("answers with a page of HTML (HTTP 403)"), host.text());
    }
  }

  @Test
  void aDeadPortIsTold() throws IOException {
    String dead;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = "http://127.0.0.1:" + socket.getLocalPort();
    }
    List<Finding> found = findings(dhan(dead), account(GOOD));
    assertEquals(
        List.of(
            "OK dhan token",
            "OK dhan client id",
            "FAIL dhan host",
            "WARN dhan sockets",
            "FAIL dhan instruments"),
        levels(found));
    assertTrue(of("host", found).text().endsWith("refuses the connection"), found.toString());
  }

  @Test
  void aHostThatIsSilentIsGivenUp() throws IOException {
    timeout = Duration.ofMillis(200);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<Finding> found =
          findings(dhan("http://127.0.0.1:" + silent.getLocalPort()), account(GOOD));
      assertTrue(of("host", found).text().endsWith("no answer within 200 ms"), found.toString());
    }
  }

  @Test
  void aHostWithoutTlsIsTold() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseAll(plain));
      String feeds = dhan("http://127.0.0.1:" + plain.getLocalPort()).replace("http:", "https:");
      Finding host = of("host", findings(feeds, account(GOOD)));
      assertEquals(Finding.Level.FAIL, host.level());
      assertTrue(host.text().contains("no TLS with 127.0.0.1"), host.text());
    }
  }

  /** Answers each connection in plain, as a web server does that is asked by TLS. */
  private static void refuseAll(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        refusals.add(e.toString()); // the client has gone, or the server is closed
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"45,FAIL,ahead of", "-45,FAIL,behind", "10,WARN,ahead of", "0,OK,agrees with"})
  void theClockIsComparedWithTheVendors(int seconds, Finding.Level level, String text) {
    clock = () -> InstantSource.system().instant().plusSeconds(seconds);
    try (Page page = new Page(200, "{\"dataPlan\":\"Active\"}")) {
      Finding found = of("clock", findings(dhan(page.address()), account(GOOD)));
      assertEquals(level, found.level());
      assertTrue(found.text().contains(text), found.text());
    }
  }
}
