package dev.tapeline.store.postgres;

/** The state of the embedded server. */
public sealed interface PostgresState {

  /** Nobody has asked for the server yet. */
  record Idle() implements PostgresState {}

  /** It is unpacked, made, started or recovering. */
  record Starting() implements PostgresState {}

  /**
   * It takes connections.
   *
   * @param adopted whether it ran already, started by another process or by a former one
   */
  record Up(PostgresLogin login, boolean adopted) implements PostgresState {}

  /**
   * It does not run, and is tried again after a pause.
   *
   * @param reason one line, with what to do where somebody has to do something
   */
  record Down(String reason) implements PostgresState {}
}
