package dev.tapeline.gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with its defaults and one client of the native protocol, anew for each test. */
abstract class ConnectedTest {

  protected TestGateway gateway;
  protected TestClient client;

  @BeforeEach
  void connect() {
    gateway = new TestGateway(config -> config);
    client = gateway.client("/ws");
  }

  @AfterEach
  void disconnect() {
    client.close();
    gateway.close();
  }
}
