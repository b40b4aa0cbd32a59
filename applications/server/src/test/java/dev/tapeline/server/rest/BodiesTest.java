package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how much a server holds of requests' bodies, and for how long. */
@Timeout(60)
class BodiesTest {

  private static final String SECRET = "a secret of tests that is long enough";
  private static final String PUBLISH = "POST /api/v1/publish HTTP/1.1\r\nHost: h\r\n";
  private static final String OWNER = "Authorization: Bearer " + RestRig.KEY + "\r\n";

  @Test
  void whoMayNotPublishIsToldBeforeTheBody() throws Exception {
    String user = TokenMaker.make(SECRET, new Identity("u1", "user", null));
    String length = "Content-Length: 2097152\r\n";
    try (RestRig rig = new RestRig(Map.of("JWT_SECRET", SECRET));
        Caller nobody = new Caller(rig);
        Caller known = new Caller(rig);
        Caller endless = new Caller(rig)) {
      String answer = nobody.send(PUBLISH + length + "\r\n").answer();
      assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
      String bearer = "Authorization: Bearer " + user + "\r\n";
      answer = known.send(PUBLISH + length + bearer + "\r\n").answer();
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
      assertTrue(answer.contains("the role user has no rule 'publish'"), answer);
      answer = endless.send(PUBLISH + "Transfer-Encoding: chunked\r\n\r\n").answer();
      assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }
  }

  @Test
  void bodyThatIsTooLongIsRefusedByItsLength() throws Exception {
    try (RestRig rig = new RestRig(Map.of());
        Caller caller = new Caller(rig);
        Caller endless = new Caller(rig)) {
      String answer = caller.send(PUBLISH + OWNER + "Content-Length: 2097153\r\n\r\n").answer();
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(answer.contains("raise tapeline-rest-max-body-bytes"), answer);
      endless.send(PUBLISH + OWNER + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      endless.send(chunk.repeat(32)).send("1\r\nx\r\n");
      assertTrue(endless.answer().startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void allBodiesTogetherHaveABudget() throws Exception {
    Map<String, String> settings =
        Map.of("TAPELINE_REST_MAX_BODY_BYTES", "1000", "TAPELINE_REST_BODIES_TOTAL_BYTES", "2000");
    String body = "{\"channel\":\"c\",\"data\":\"" + "x".repeat(875) + "\"}";
    String call = PUBLISH + OWNER + "Content-Length: 900\r\n\r\n";
    try (RestRig rig = new RestRig(settings);
        Caller holder = new Caller(rig);
        Caller second = new Caller(rig);
        Caller third = new Caller(rig)) {
      holder.send(call + body.substring(1));
      rig.awaitMetric("tapeline_rest_bodies_bytes 900.0");
      second.send(call + body.substring(1));
      rig.awaitMetric("tapeline_rest_bodies_bytes 1800.0");
      String answer = third.send(call + body).answer();
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertTrue(answer.contains("raise tapeline-rest-bodies-total-bytes"), answer);
      assertTrue(holder.send("}").answer().startsWith("HTTP/1.1 400 "));
      rig.awaitMetric("tapeline_rest_bodies_bytes 900.0");
      assertTrue(third.send(call + body).answer().startsWith("HTTP/1.1 200 "));
      rig.awaitMetric("tapeline_rest_bodies_refused_total 1.0");
    }
  }

  @Test
  void slowBodiesEnd() throws Exception {
    Map<String, String> settings = Map.of("TAPELINE_HANDSHAKE_TIMEOUT", "100ms");
    String call = PUBLISH + OWNER + "Content-Length: 2000000\r\n\r\n{";
    try (RestRig rig = new RestRig(settings);
        Caller still = new Caller(rig);
        Caller dripping = new Caller(rig)) {
      String answer = still.send(call).answer();
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
      assertTrue(answer.contains("slower than 16384 bytes a second"), answer);
      dripping.send(call);
      while (dripping.hasNoAnswer()) {
        dripping.send(" ");
        Thread.sleep(10);
      }
      assertTrue(dripping.answer().startsWith("HTTP/1.1 408 "));
      rig.awaitMetric("tapeline_rest_bodies_slow_total 2.0");
      rig.awaitMetric("tapeline_rest_bodies_bytes 0.0");
    }
  }

  @Test
  void slowHeadsEnd() throws Exception {
    Map<String, String> settings = Map.of("TAPELINE_HANDSHAKE_TIMEOUT", "100ms");
    try (RestRig rig = new RestRig(settings);
        Caller dripping = new Caller(rig)) {
      dripping.send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n");
      assertTrue(dripping.answer().startsWith("HTTP/1.1 200 "));
      dripping.send("GET /health/live HTTP/1.1\r\nX: ");
      assertTrue(dripping.isEndedWhileSending("a"));
    }
  }

  @Test
  void refusedCallersKeepTheirConnection() throws Exception {
    try (RestRig rig = new RestRig(Map.of());
        Caller caller = new Caller(rig)) {
      for (int size : List.of(1, 100_000, 100_000, 1)) {
        String head = "Content-Length: " + size + "\r\n\r\n";
        String answer = caller.send(PUBLISH + head + "x".repeat(size)).answer();
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertFalse(answer.contains("Connection: close"), answer);
      }
      caller.send("POST /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
      assertTrue(caller.answer().startsWith("HTTP/1.1 404 "));
      assertTrue(
          caller.send(PUBLISH + "Content-Length: 0\r\n\r\n").answer().startsWith("HTTP/1.1 401 "));
    }
  }

  /** The fault is the caller's, and does not count as the server's failure. */
  @Test
  void bodiesThatAreNotWholeAreCounted() throws Exception {
    try (RestRig rig = new RestRig(Map.of());
        Caller caller = new Caller(rig);
        Caller gone = new Caller(rig)) {
      caller.send(PUBLISH + OWNER + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
      assertTrue(caller.answer().startsWith("HTTP/1.1 400 "));
      gone.send(PUBLISH + OWNER + "Content-Length: 100\r\n\r\n{");
      rig.awaitMetric("tapeline_rest_bodies_bytes 100.0");
      gone.close();
      rig.awaitMetric("tapeline_rest_bodies_aborted_total 2.0");
      rig.awaitMetric("tapeline_rest_failed_total 0.0");
    }
  }
}
