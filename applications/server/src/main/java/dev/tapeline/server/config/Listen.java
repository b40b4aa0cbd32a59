package dev.tapeline.server.config;

/**
 * Where the server listens.
 *
 * @param apiPort pages, REST and the gateway; 0 for any free port
 * @param gatewayPort the gateway again; 0 for any free port
 */
public record Listen(String bindHost, int apiPort, int gatewayPort) {

  public static final String BIND_HOST = "0.0.0.0";
  public static final int API_PORT = 8080;
  public static final int GATEWAY_PORT = 8889;

  static Listen from(Values values) {
    Setting apiPort = values.get(Catalog.API_PORT).isPresent() ? Catalog.API_PORT : Catalog.PORT;
    Listen listen =
        new Listen(
            values.matching(Catalog.BIND_HOST, "[0-9A-Za-z.:%_-]+").orElse(BIND_HOST),
            port(values, apiPort, API_PORT),
            port(values, Catalog.GATEWAY_PORT, GATEWAY_PORT));
    listen.check(values, apiPort);
    return listen;
  }

  private static int port(Values values, Setting setting, int fallback) {
    return values.integer(setting, fallback, 0, 65_535);
  }

  private void check(Values values, Setting apiSetting) {
    values
        .get(Catalog.PORT)
        .filter(port -> !apiSetting.equals(Catalog.PORT))
        .filter(port -> values.integer(Catalog.PORT, 0, 0, 65_535) != apiPort)
        .ifPresent(port -> {
          Value other = values.get(Catalog.API_PORT).orElseThrow();
          throw ConfigException.contradiction(port, other, "set one of them");
        });
    if (apiPort == gatewayPort && apiPort != 0) {
      Value fallback = new Value(apiSetting, "" + apiPort, "the default");
      Value other = new Value(Catalog.GATEWAY_PORT, "" + gatewayPort, "the default");
      throw ConfigException.contradiction(
          values.get(apiSetting).orElse(fallback),
          values.get(Catalog.GATEWAY_PORT).orElse(other),
          "the two ports must differ");
    }
  }
}
