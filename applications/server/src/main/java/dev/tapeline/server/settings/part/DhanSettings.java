package dev.tapeline.server.settings.part;

import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account at Dhan.
 *
 * @param mode how much is sent of an instrument at least
 * @param clientId null if there is no account
 * @param token the access token; null if it is in a file
 * @param tokenFile the file of the access token, which is read again at each connection
 * @param making how tokens are made here, which are written to that file
 */
public record DhanSettings(
    DhanMode mode,
    @Nullable String clientId,
    @Nullable String token,
    @Nullable Path tokenFile,
    TokenMaking making) {

  public static final Setting<Boolean> ENABLED =
      Setting.flag("DHANHQ_WS_ENABLED", false, "whether `dhan` is one of the sources of this node");
  public static final Setting<DhanMode> MODE =
      Setting.choice(
          "DHANHQ_WS_MODE", DhanMode.QUOTE, "how much Dhan sends of an instrument at least");
  public static final Setting<Optional<String>> CLIENT_ID =
      Setting.secret(
          "DHANHQ_CLIENT_ID",
          Range.matching("[0-9A-Za-z]{1,30}", "1 to 30 digits and letters"),
          "client id of the account at Dhan");
  public static final Setting<Optional<String>> ACCESS_TOKEN =
      Setting.secret(
          "DHANHQ_ACCESS_TOKEN",
          Range.matching("[!-~]{1,4096}", "visible characters"),
          "access token of the account at Dhan");
  public static final Setting<Optional<Path>> ACCESS_TOKEN_FILE =
      Setting.optional(
          "DHANHQ_ACCESS_TOKEN_FILE",
          SettingKind.TEXT,
          "none",
          Range.files("a file that holds an access token"),
          "file of the access token, in place of `DHANHQ_ACCESS_TOKEN`. It is read again at each"
              + " connection, and new tokens that are made here are written to it");

  public static DhanSettings from(Values values) {
    Optional<Value> token = values.given(ACCESS_TOKEN);
    Optional<Value> file = values.given(ACCESS_TOKEN_FILE);
    if (token.isPresent() && file.isPresent()) {
      throw ConfigException.contradiction(file.get(), token.get(), "set one of them");
    }
    TokenMaking making = TokenMaking.from(values);
    TokenMaking.given(values)
        .filter(_ -> file.isEmpty())
        .ifPresent(given -> {
          throw ConfigException.notAllowed(
              given,
              "only together with dhanhq-access-token-file, which new tokens are written to");
        });
    return new DhanSettings(
        values.get(MODE),
        values.get(CLIENT_ID).orElse(null),
        values.get(ACCESS_TOKEN).orElse(null),
        values.get(ACCESS_TOKEN_FILE).orElse(null),
        making);
  }

  /** Where the access token is; null if there is none. */
  public @Nullable SecretSource tokenSource() {
    if (tokenFile != null) {
      return SecretSource.ofFile(tokenFile);
    }
    return token == null ? null : SecretSource.ofValue(token);
  }

  /**
   * Checks that the account is complete, as a source needs it.
   *
   * @param feed the setting that names the source
   */
  public void checkAccount(Value feed) {
    if (clientId == null) {
      throw ConfigException.notAllowed(feed, "dhan only together with dhanhq-client-id");
    }
    if (token == null && tokenFile == null) {
      throw ConfigException.notAllowed(
          feed, "dhan only together with dhanhq-access-token or dhanhq-access-token-file");
    }
  }
}
