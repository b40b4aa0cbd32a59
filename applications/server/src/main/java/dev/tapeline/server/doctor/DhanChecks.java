package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.feed.dhan.master.file.MasterFiles;
import dev.tapeline.feed.dhan.rest.AnswerParser;
import dev.tapeline.feed.dhan.rest.DhanAccount;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.net.Probe;
import dev.tapeline.feed.net.ProbeAnswer;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.VendorOptions;
import dev.tapeline.server.vendor.VendorPlan;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks of the source {@code dhan}: its account, its hosts, its instruments, the clock. */
final class DhanChecks {

  private static final String NO_TOKEN = "no token";

  private final VendorPlan plan;
  private final DhanSettings account;
  private final MasterCheck master;
  private final Probe probe;
  private final InstantSource clock;

  DhanChecks(VendorPlan plan, Settings settings, Probe probe, InstantSource clock) {
    this.plan = plan;
    this.account = settings.dhan();
    this.master =
        new MasterCheck(
            settings.data(), plan.address(VendorOptions.MASTER_URL).orElse(MasterFiles.DETAILED));
    this.probe = probe;
    this.clock = clock;
  }

  /** One for each host. */
  List<Supplier<List<Finding>>> all() {
    URI socket = plan.address(VendorOptions.SOCKET_URL).orElse(DhanOptions.Sockets.VENDOR.feed());
    return List.of(
        this::account,
        () -> List.of(SocketHostCheck.check(socket, probe)),
        () -> List.of(master.check(probe, clock.instant())));
  }

  private List<Finding> account() {
    List<Finding> findings = new ArrayList<>();
    String token = token(findings);
    if (token != null) {
      findings.addAll(TokenCheck.check(token, account.clientId(), clock.instant()));
    }
    findings.addAll(ask(token));
    TokenMakingCheck making = new TokenMakingCheck(account);
    findings.replaceAll(finding -> making.eased(finding, token));
    findings.addAll(making.check(token, clock.instant()));
    return findings;
  }

  /** The token; null if there is none, which is a finding. */
  private @Nullable String token(List<Finding> findings) {
    SecretSource source = account.tokenSource();
    if (source == null) {
      findings.add(Finding.fail("token", "there is none", "set dhanhq-access-token-file"));
      return null;
    }
    try {
      return source.get();
    } catch (FeedException e) {
      findings.add(missing(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private Finding missing(String text) {
    return account.making().mints()
        ? Finding.ok("token", text + "; the source makes one")
        : Finding.fail(
            "token", text, "write a token of web.dhan.co into it; nothing needs a restart");
  }

  /** Asks for the profile; without a token only whether the host answers, and its clock. */
  private List<Finding> ask(@Nullable String token) {
    Address address = profile(token == null ? NO_TOKEN : token);
    return switch (probe.get(address)) {
      case ProbeAnswer.Failed failed ->
          List.of(HostCheck.unreachable("host", address.uri(), failed));
      case ProbeAnswer.Answered answer -> {
        List<Finding> findings = new ArrayList<>();
        findings.add(answered(answer, token, address.uri()));
        findings.addAll(ClockCheck.byDate(answer));
        yield findings;
      }
    };
  }

  private Address profile(String token) {
    String client = account.clientId();
    DhanOptions own = DhanOptions.of(() -> client == null ? "" : client, () -> token);
    URI api = plan.address(VendorOptions.REST_URL).orElse(own.account().api());
    return new DhanCalls(
            new DhanAccount(
                own.account().clientId(), own.account().accessToken(), api, own.account().auth()))
        .profile()
        .address()
        .get();
  }

  private Finding answered(ProbeAnswer.Answered answer, @Nullable String token, URI host) {
    Finding page = HostCheck.page("host", host, answer);
    if (page != null) {
      return page;
    } else if (token == null) {
      return Finding.ok("host", host.getAuthority() + " answers");
    }
    Instant now = clock.instant();
    return withoutSecrets(
        ProfileCheck.check(AnswerParser.parse(answer.status(), answer.body()), now), token);
  }

  /** The vendor's words may repeat what it was sent. */
  private Finding withoutSecrets(Finding finding, String token) {
    String text = finding.text().replace(token, "***");
    String client = account.clientId();
    return new Finding(
        finding.subject(),
        finding.level(),
        client == null ? text : text.replace(client, "***"),
        finding.remedy());
  }
}
