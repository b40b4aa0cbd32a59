package dev.tapeline.server.settings.part;

import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the access tokens of Dhan are made here; by other programs unless it says more.
 *
 * @param renews whether a token that was made on Dhan's web page is renewed before it ends
 * @param pin the PIN of the account; null if no tokens are made
 * @param totp the secret of the account's one-time codes, in base 32; null if no tokens are made
 */
public record TokenMaking(boolean renews, @Nullable SecretSource pin, @Nullable SecretSource totp) {

  /** Tokens are made by other programs. */
  public static final TokenMaking NONE = new TokenMaking(false, null, null);

  public static final Setting<Boolean> RENEWAL =
      Setting.flag(
          "DHANHQ_TOKEN_RENEWAL",
          false,
          "whether an access token that was made on Dhan's web page is renewed before it ends");
  public static final Setting<Optional<String>> PIN =
      Setting.secret(
          "DHANHQ_PIN",
          Range.matching("[0-9]{4,8}", "4 to 8 digits"),
          "PIN of the account at Dhan. With the secret of its one-time codes, access tokens are"
              + " made here");
  public static final Setting<Optional<Path>> PIN_FILE = file("DHANHQ_PIN_FILE", PIN, "the PIN");
  public static final Setting<Optional<String>> TOTP_SECRET =
      Setting.secret(
          "DHANHQ_TOTP_SECRET",
          Range.matching("[A-Za-z2-7 =-]{16,256}", "at least 16 characters of base 32: A-Z, 2-7"),
          "secret of the account's one-time codes");
  public static final Setting<Optional<Path>> TOTP_SECRET_FILE =
      file("DHANHQ_TOTP_SECRET_FILE", TOTP_SECRET, "the secret of the one-time codes");

  private static Setting<Optional<Path>> file(String variable, Setting<?> instead, String content) {
    return Setting.optional(
        variable,
        SettingKind.TEXT,
        "none",
        Range.files("a file that holds " + content),
        "file of %s, in place of `%s`. It is read again for each token"
            .formatted(content, instead.variable()));
  }

  static TokenMaking from(Values values) {
    SecretSource pin = source(values, PIN, PIN_FILE);
    SecretSource totp = source(values, TOTP_SECRET, TOTP_SECRET_FILE);
    TokenMaking making = new TokenMaking(values.get(RENEWAL), pin, totp);
    given(values)
        .filter(_ -> (pin == null) != (totp == null))
        .ifPresent(lonely -> {
          Setting<?> missing = pin == null ? PIN : TOTP_SECRET;
          throw ConfigException.notAllowed(
              lonely, "only together with %1$s or %1$s-file".formatted(missing.key()));
        });
    return making;
  }

  private static @Nullable SecretSource source(
      Values values, Setting<Optional<String>> secret, Setting<Optional<Path>> file) {
    Optional<Value> text = values.given(secret);
    Optional<Value> path = values.given(file);
    if (text.isPresent() && path.isPresent()) {
      throw ConfigException.contradiction(path.get(), text.get(), "set one of them");
    }
    return values
        .get(file)
        .map(SecretSource::ofFile)
        .or(() -> values.get(secret).map(SecretSource::ofValue))
        .orElse(null);
  }

  /** The first setting by which tokens are made here; empty if none are. */
  static Optional<Value> given(Values values) {
    Stream<Optional<Value>> secrets =
        Stream.concat(
            List.of(PIN, PIN_FILE, TOTP_SECRET, TOTP_SECRET_FILE).stream().map(values::given),
            Stream.of(values.given(RENEWAL).filter(_ -> values.get(RENEWAL))));
    return secrets.flatMap(Optional::stream).findFirst();
  }

  /** Whether tokens are made by PIN and one-time code. */
  public boolean mints() {
    return pin != null && totp != null;
  }
}
