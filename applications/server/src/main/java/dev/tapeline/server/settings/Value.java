package dev.tapeline.server.settings;

/**
 * The text that a setting was given, and where.
 *
 * @param source the place as the user is told it: a file and line, a variable, an option
 */
record Value(Setting<?> setting, String text, String source) {

  /** The text as it may be printed: never that of a secret. */
  String shown() {
    return setting.isSecret() ? "(hidden)" : "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
