package dev.tapeline.store.database;

/** The state of the database, as users of it see it. */
public sealed interface DatabaseState {

  /** Nobody has asked for the database yet. */
  record Idle() implements DatabaseState {}

  /** The embedded server starts, or the first connection is being made. */
  record Starting() implements DatabaseState {}

  /**
   * It answers, takes writes, and has all migrations.
   *
   * @param version what the server says of itself, such as 18.6
   */
  record Up(String version) implements DatabaseState {}

  /**
   * It can't be used, and is tried again after a pause.
   *
   * @param reason one line without secrets
   */
  record Down(String reason) implements DatabaseState {}

  /** The state in words: {@code up}, {@code starting}, {@code idle}, {@code down: reason}. */
  default String words() {
    return switch (this) {
      case Idle _ -> "idle";
      case Starting _ -> "starting";
      case Up _ -> "up";
      case Down(String reason) -> "down: " + reason;
    };
  }
}
