package dev.tapeline.server.settings.part;

/** The parts of the server that a process runs. Each role has health and metrics. */
public enum NodeRole {
  ALL,
  /** Feeds only. */
  INGEST,
  /** WebSocket clients, pages and REST. */
  GATEWAY,
  /** Pages and REST only. */
  API;

  public boolean hasFeed() {
    return this == ALL || this == INGEST;
  }

  public boolean hasGateway() {
    return this == ALL || this == GATEWAY;
  }

  public boolean hasApi() {
    return this != INGEST;
  }
}
