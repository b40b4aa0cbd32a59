package dev.tapeline.embedded;

/** Counts what the logs of one {@link EmbeddedLog} have dropped. Guarded by it. */
final class LogCounters {

  long trimmed;
  long evicted;
  long idsForgotten;
}
