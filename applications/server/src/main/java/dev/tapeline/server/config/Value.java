package dev.tapeline.server.config;

/**
 * The text that somebody gave a setting, and where.
 *
 * @param source as the user is told: a file and line, a variable, an option
 */
record Value(Setting setting, String text, String source) {

  /** The text as it may be printed: never that of a secret. */
  String shown() {
    return setting.secret() ? "(hidden)" : "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
