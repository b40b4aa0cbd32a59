package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.token.TokenClaims;
import dev.tapeline.feed.dhan.token.Totp;
import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.TokenMaking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check of how access tokens of Dhan are made here. None is made for it, as that would end the
 * present one: whether Dhan accepts the PIN and the codes is told by the state of the source.
 */
final class TokenMakingCheck {

  private static final String PIN = "pin";
  private static final String CODES = "one-time codes";
  private static final String FILE = "token file";
  private static final String RENEWAL = "renewal";

  private final DhanSettings account;
  private final TokenMaking making;

  TokenMakingCheck(DhanSettings account) {
    this.account = account;
    this.making = account.making();
  }

  /**
   * Checks it.
   *
   * @param token null if there is none
   */
  List<Finding> check(@Nullable String token, Instant now) {
    List<Finding> findings = new ArrayList<>();
    SecretSource pin = making.pin();
    SecretSource totp = making.totp();
    if (pin != null && totp != null) {
      findings.add(pin(pin));
      findings.add(codes(totp, now));
    } else if (making.renews() && token != null && !TokenClaims.of(token).selfMade()) {
      findings.add(
          Finding.warn(
              RENEWAL,
              "the access token was made by a program, and can't be renewed",
              "make it on web.dhan.co, or set dhanhq-pin and dhanhq-totp-secret"));
    }
    Path file = account.tokenFile();
    if (file != null && (making.mints() || making.renews())) {
      findings.addAll(folder(file));
    }
    return findings;
  }

  private static Finding pin(SecretSource pin) {
    try {
      return pin.get().matches("[0-9]{4,8}")
          ? Finding.ok(PIN, "set; Dhan is asked when a token is made")
          : Finding.fail(
              PIN, "%s is no PIN of 4 to 8 digits".formatted(pin), "write the PIN there");
    } catch (FeedException e) {
      return Finding.fail(PIN, String.valueOf(e.getMessage()), "write the PIN into it");
    }
  }

  private static Finding codes(SecretSource totp, Instant now) {
    String remedy = "copy the secret that Dhan shows where the one-time codes are set up";
    try {
      var _ = Totp.code(totp.get(), now.toEpochMilli());
      return Finding.ok(CODES, "the secret is base 32");
    } catch (FeedException e) {
      return Finding.fail(CODES, String.valueOf(e.getMessage()), remedy);
    }
  }

  /** A new token is written beside the file, and moved to its place. */
  private static List<Finding> folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.isWritable(folder)
        ? List.of()
        : List.of(
            Finding.fail(
                FILE,
                "new tokens can't be written in the folder " + folder,
                "make the folder, and let this user write in it"));
  }

  /**
   * Eases what is found of a token that the source replaces by itself.
   *
   * @param token null if there is none
   */
  Finding eased(Finding finding, @Nullable String token) {
    boolean renewable = token != null && making.renews() && TokenClaims.of(token).selfMade();
    if (!finding.remedy().equals(TokenCheck.NEW_TOKEN)) {
      return finding;
    } else if (finding.level() == Finding.Level.WARN && (making.mints() || renewable)) {
      return Finding.ok(finding.subject(), finding.text() + "; the source replaces it");
    }
    return finding.level() == Finding.Level.FAIL && making.mints()
        ? Finding.warn(finding.subject(), finding.text(), "start the source, which makes a new one")
        : finding;
  }
}
