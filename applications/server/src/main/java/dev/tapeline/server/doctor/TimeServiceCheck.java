package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.net.Probe;
import dev.tapeline.feed.net.ProbeAnswer;
import dev.tapeline.feed.vendor.Address;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The check of a public REST interface that tells its time: whether it serves this machine, and
 * what it says of the clock.
 *
 * @param address of the call that tells the time
 * @param member of its answer that is the time, epoch ms
 * @param blocked what to do if it serves nobody at this place
 */
record TimeServiceCheck(URI address, String member, String blocked) {

  private static final String SUBJECT = "host";
  private static final JsonMapper JSON = new JsonMapper();

  List<Finding> check(Probe probe) {
    return switch (probe.get(Address.of(address))) {
      case ProbeAnswer.Failed failed -> List.of(HostCheck.unreachable(SUBJECT, address, failed));
      case ProbeAnswer.Answered answer -> check(answer);
    };
  }

  private List<Finding> check(ProbeAnswer.Answered answer) {
    Finding refusal = refusal(answer);
    if (refusal != null) {
      return List.of(refusal);
    }
    long time = time(answer.body());
    return time > 0
        ? List.of(
            Finding.ok(SUBJECT, address.getAuthority() + " answers"),
            ClockCheck.byTime(answer, Instant.ofEpochMilli(time)))
        : List.of(
            Finding.fail(
                SUBJECT,
                "%s does not tell its time".formatted(address),
                "see that rest-url is the address of the vendor's REST interface"));
  }

  private @Nullable Finding refusal(ProbeAnswer.Answered answer) {
    String host = address.getAuthority();
    return switch (answer.status()) {
      case 200 -> HostCheck.page(SUBJECT, address, answer);
      case 451 -> Finding.fail(SUBJECT, host + " serves nobody at this place (HTTP 451)", blocked);
      case 403 ->
          Finding.fail(SUBJECT, host + " refuses this machine's address (HTTP 403)", blocked);
      case 418 ->
          Finding.fail(
              SUBJECT,
              host + " has banned this machine's address for too many calls (HTTP 418)",
              "stop what else asks it from here; the ban ends after minutes, or days if repeated");
      case 429 ->
          Finding.warn(
              SUBJECT,
              host + " was asked too often from here (HTTP 429)",
              "see what else asks it from this address");
      default -> other(answer);
    };
  }

  private Finding other(ProbeAnswer.Answered answer) {
    Finding page = HostCheck.page(SUBJECT, address, answer);
    String text = "%s answers with HTTP %d".formatted(address, answer.status());
    if (page != null) {
      return page;
    }
    return answer.status() >= 500
        ? Finding.warn(SUBJECT, text, "the vendor is in trouble: try again later")
        : Finding.fail(
            SUBJECT, text, "see that rest-url is the address of the vendor's REST interface");
  }

  private long time(byte[] body) {
    try {
      return JSON.readTree(body).path(member).asLong(0);
    } catch (JacksonException _) {
      return 0; // told as an answer without a time
    }
  }
}
