package dev.tapeline.server.settings.declaration;

/** The form of a setting's text. */
public enum SettingKind {
  NUMBER,
  /** A number of bytes. */
  SIZE,
  DURATION,
  /** One of a few words. */
  CHOICE,
  /** Parts by comma; in the YAML file also a list. */
  LIST,
  TEXT,
  /** A text that is never printed. */
  SECRET
}
