package dev.tapeline.server.settings.declaration;

/** A wrong setting, which stops the start. The message is the only line that the user sees. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }

  public static ConfigException notAllowed(Value value, String allowed) {
    return new ConfigException(
        "%s: %s (%s) is not allowed; allowed is %s"
            .formatted(value.setting().key(), value.shown(), value.source(), allowed));
  }

  public static ConfigException contradiction(Value value, Value other, String why) {
    return new ConfigException(
        "%s: %s (%s) contradicts %s: %s (%s); %s"
            .formatted(
                value.setting().key(),
                value.shown(),
                value.source(),
                other.setting().key(),
                other.shown(),
                other.source(),
                why));
  }
}
