package dev.tapeline.server.doctor;

import dev.tapeline.core.Excerpt;
import dev.tapeline.core.Finding;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The check of what Dhan says of the account: whether it gets market data. */
final class ProfileCheck {

  private static final String SUBJECT = "account";
  private static final Duration SOON = Duration.ofDays(3);
  private static final String SUBSCRIBE = "subscribe to Dhan's Data APIs on web.dhan.co";

  private ProfileCheck() {}

  static Finding check(DhanAnswer answer, Instant now) {
    return switch (answer) {
      case DhanAnswer.Success(var data) -> check(Profile.read(data), now);
      case DhanAnswer.NoData(String text) -> unknown("Dhan tells nothing of the account: " + text);
      case DhanAnswer.Failure failure -> refused(failure);
    };
  }

  private static Finding check(Profile profile, Instant now) {
    if (isPast(profile.tokenEnds(), now)) {
      return Finding.fail(SUBJECT, "Dhan has ended the access token", TokenCheck.NEW_TOKEN);
    } else if (profile.dataPlan().isEmpty()) {
      return unknown("Dhan does not tell the plan for market data");
    } else if (!profile.dataPlan().toLowerCase(Locale.ROOT).equals("active")) {
      return Finding.fail(
          SUBJECT,
          "the plan for market data is '%s'".formatted(Excerpt.of(profile.dataPlan(), 64)),
          SUBSCRIBE);
    }
    return plan(profile.dataEnds(), now);
  }

  private static Finding plan(long ends, Instant now) {
    if (ends <= 0) {
      return Finding.ok(SUBJECT, "the plan for market data is active");
    }
    Instant end = Instant.ofEpochMilli(ends);
    if (isPast(ends, now)) {
      return Finding.fail(SUBJECT, "the plan for market data has ended at " + end, SUBSCRIBE);
    }
    String text = "the plan for market data is active until " + end;
    return end.isBefore(now.plus(SOON))
        ? Finding.warn(SUBJECT, text, "see that it is renewed at Dhan")
        : Finding.ok(SUBJECT, text);
  }

  private static boolean isPast(long millis, Instant now) {
    return millis > 0 && millis <= now.toEpochMilli();
  }

  private static Finding refused(DhanAnswer.Failure failure) {
    String text = Excerpt.of(failure.toString(), 200);
    return switch (failure.kind()) {
      case AUTH ->
          Finding.fail(SUBJECT, "Dhan does not accept the token: " + text, TokenCheck.NEW_TOKEN);
      case PLAN -> Finding.fail(SUBJECT, "Dhan gives no market data: " + text, SUBSCRIBE);
      case RATE ->
          Finding.warn(
              SUBJECT,
              "Dhan was asked too often: " + text,
              "see which other programs use the account, and try again later");
      case VENDOR -> unknown("Dhan is in trouble: " + text);
      case NOT_JSON, INPUT, REFUSED ->
          Finding.fail(
              SUBJECT,
              "Dhan does not tell of the account: " + text,
              "see that rest-url, if it is set, is the address of Dhan's REST interface");
    };
  }

  private static Finding unknown(String text) {
    return Finding.warn(SUBJECT, text, "try again later");
  }
}
