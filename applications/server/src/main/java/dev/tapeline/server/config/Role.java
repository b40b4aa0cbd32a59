package dev.tapeline.server.config;

/** Which parts of the server this process runs; health and metrics are in each. */
public enum Role {
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
