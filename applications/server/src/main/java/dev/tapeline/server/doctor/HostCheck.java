package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.net.ProbeAnswer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The check that it is the vendor's host that answers, and nothing in between. */
final class HostCheck {

  private static final int BROKEN = 500;

  private HostCheck() {}

  /** What is wrong if there is no answer. */
  static Finding unreachable(String subject, URI host, ProbeAnswer.Failed failed) {
    return Finding.fail(
        subject,
        "no answer from %s: %s".formatted(host.getAuthority(), failed.reason()),
        "see that this machine reaches it: DNS, a firewall, a proxy, the address in the settings"
            + " (ca-file if it has certificates of its own)");
  }

  /** What is wrong if it answers with a page instead of data; null if it does not. */
  static @Nullable Finding page(String subject, URI host, ProbeAnswer.Answered answer) {
    if (!isPage(answer.body())) {
      return null;
    }
    String text =
        "%s answers with a page of HTML (HTTP %d)".formatted(host.getAuthority(), answer.status());
    return answer.status() >= BROKEN
        ? Finding.warn(subject, text, "the vendor is in trouble: try again later")
        : Finding.fail(
            subject,
            text,
            "a proxy or firewall answers in its place, or blocks this machine's address: try from"
                + " another network");
  }

  /** Whether a body is a page of HTML. */
  static boolean isPage(byte[] body) {
    for (byte next : body) {
      if (!Character.isWhitespace(next)) {
        return next == '<';
      }
    }
    return false;
  }
}
