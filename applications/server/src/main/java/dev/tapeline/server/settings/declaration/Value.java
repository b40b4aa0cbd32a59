package dev.tapeline.server.settings.declaration;

/**
 * The text given to a setting, and its source.
 *
 * @param source the place as errors name it: a file and line, a variable, an option
 */
public record Value(Setting<?> setting, String text, String source) {

  /** The text as it may be printed: never that of a secret. */
  public String shown() {
    return setting.isSecret() ? "(hidden)" : "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
