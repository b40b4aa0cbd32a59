package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.dhan.master.file.MasterFiles;
import dev.tapeline.feed.net.Probe;
import dev.tapeline.feed.net.ProbeAnswer;
import dev.tapeline.feed.vendor.Address;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The check of the list of Dhan's instruments: whether it can be fetched, and how old the file is
 * that was kept.
 *
 * @param folder of what is kept on disk
 * @param address of the list
 */
record MasterCheck(Path folder, URI address) {

  private static final String SUBJECT = "instruments";

  /** A weekend and two holidays. */
  private static final Duration OLD = Duration.ofDays(4);

  Finding check(Probe probe, Instant now) {
    @Nullable Instant kept = MasterFiles.keptTime(folder).orElse(null);
    String problem = problem(probe.get(Address.of(address)));
    return problem == null ? reachable(kept, now) : unreachable(kept, problem);
  }

  private static @Nullable String problem(ProbeAnswer answer) {
    return switch (answer) {
      case ProbeAnswer.Failed(String reason) -> reason;
      case ProbeAnswer.Answered it when it.status() != 200 -> "HTTP " + it.status();
      case ProbeAnswer.Answered it when HostCheck.isPage(it.body()) -> "it is a page of HTML";
      case ProbeAnswer.Answered _ -> null;
    };
  }

  private Finding reachable(@Nullable Instant kept, Instant now) {
    String host = address.getAuthority();
    if (kept == null) {
      return Finding.ok(SUBJECT, "none kept yet; %s has the list".formatted(host));
    }
    String text = "the list that is kept is of %s; %s has today's".formatted(kept, host);
    return kept.isBefore(now.minus(OLD))
        ? Finding.warn(
            SUBJECT, text, "start the server, which loads it; if it stays old, the log says why")
        : Finding.ok(SUBJECT, text);
  }

  private Finding unreachable(@Nullable Instant kept, String problem) {
    String text = "the list can't be fetched from %s: %s".formatted(address, problem);
    String remedy = "see that this machine reaches the host, or set master-url";
    return kept == null
        ? Finding.fail(SUBJECT, text + "; none is kept", remedy)
        : Finding.warn(SUBJECT, text + "; the one of %s is used".formatted(kept), remedy);
  }
}
