package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.net.ProbeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The check of this machine's clock against that of a vendor: times of the market are the vendor's,
 * and delays are measured by both. Only what can't be the way of the question is a difference.
 */
final class ClockCheck {

  private static final String SUBJECT = "clock";
  private static final Duration DOUBTFUL = Duration.ofSeconds(2);
  private static final Duration WRONG = Duration.ofSeconds(30);

  /** The header {@code Date} leaves out what is beyond a second. */
  private static final Duration OF_DATE = Duration.ofSeconds(1);

  private static final String REMEDY =
      "set the clock by NTP: timedatectl set-ntp true, or chronyd; in a container that is the"
          + " host's clock";

  private ClockCheck() {}

  /** By the header {@code Date}; nothing if the answer has none. */
  static List<Finding> byDate(ProbeAnswer.Answered answer) {
    Instant date = answer.date();
    return date == null ? List.of() : List.of(check(answer, date, OF_DATE));
  }

  /** By a time in ms that the vendor has told. */
  static Finding byTime(ProbeAnswer.Answered answer, Instant told) {
    return check(answer, told, Duration.ofMillis(1));
  }

  private static Finding check(ProbeAnswer.Answered answer, Instant told, Duration precision) {
    Duration ahead = Duration.between(told.plus(precision), answer.sent());
    Duration behind = Duration.between(answer.received(), told);
    return ahead.isPositive() ? off(ahead, "ahead of") : off(behind, "behind");
  }

  private static Finding off(Duration off, String where) {
    if (off.compareTo(DOUBTFUL) <= 0) {
      return Finding.ok(SUBJECT, "agrees with the vendor's");
    }
    String text =
        "this machine's clock is %d.%d s %s the vendor's"
            .formatted(off.toSeconds(), off.toMillisPart() / 100, where);
    return off.compareTo(WRONG) > 0
        ? Finding.fail(SUBJECT, text, REMEDY)
        : Finding.warn(SUBJECT, text, REMEDY);
  }
}
