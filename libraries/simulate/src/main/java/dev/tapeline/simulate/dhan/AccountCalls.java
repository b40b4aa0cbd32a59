package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Answers what concerns the account: its profile and its tokens. */
final class AccountCalls {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final DateTimeFormatter VALIDITY =
      DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(INDIA);
  private static final DateTimeFormatter DATA_VALIDITY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.S").withZone(INDIA);
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
  private static final long DATA_PLAN_MILLIS = 30L * 24 * 3_600_000;

  private final DhanFloor floor;

  AccountCalls(DhanFloor floor) {
    this.floor = floor;
  }

  HttpReply profile() {
    Instant end = Instant.ofEpochMilli(floor.tokens().end());
    return HttpReply.json(
        200,
        Json.object()
            .put("dhanClientId", floor.options().account().clientId())
            .put("tokenValidity", VALIDITY.format(end))
            .put("activeSegment", "E, D, C, M, ")
            .put("ddpi", "Active")
            .put("mtf", "Active")
            .put("dataPlan", "Active")
            .put("dataValidity", DATA_VALIDITY.format(end.plusMillis(DATA_PLAN_MILLIS))));
  }

  /** Makes a new token for the holder of the present one, which ends. */
  HttpReply renew(HttpCall call) {
    if (!call.method().equals("GET")) {
      return DhanErrors.input("Missing required fields, bad values for parameters etc.");
    }
    return token("SELF");
  }

  /** Makes a token for who knows the PIN and the password of the moment. */
  HttpReply generate(HttpCall call) {
    DhanAccount account = floor.options().account();
    String totp = call.parameter("totp");
    if (!account.clientId().equals(call.parameter("dhanClientId"))) {
      return DhanErrors.refusedToken("Invalid Client ID");
    }
    if (!account.pin().equals(call.parameter("pin"))) {
      return DhanErrors.refusedToken("Invalid Pin");
    }
    if (totp == null || !Totp.isValid(account.totpSecret(), totp, floor.clock().millis())) {
      return DhanErrors.refusedToken("Invalid TOTP");
    }
    return token("APP");
  }

  private HttpReply token(String kind) {
    String token = floor.tokens().mint(kind);
    floor.connections().expire();
    LocalDateTime end = LocalDateTime.ofInstant(Instant.ofEpochMilli(floor.tokens().end()), INDIA);
    return HttpReply.json(
        200,
        Json.object()
            .put("dhanClientId", floor.options().account().clientId())
            .put("dhanClientName", "SIMULATED CLIENT")
            .put("dhanClientUcc", "SIMU00001")
            .put("givenPowerOfAttorney", false)
            .put("accessToken", token)
            .put("expiryTime", EXPIRY.format(end)));
  }
}
