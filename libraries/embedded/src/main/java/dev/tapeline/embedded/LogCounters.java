package dev.tapeline.embedded;

/** What the logs of one {@link EmbeddedLog} had to let go; guarded by it. */
final class LogCounters {

  long trimmed;
  long evicted;
  long idsForgotten;
}
