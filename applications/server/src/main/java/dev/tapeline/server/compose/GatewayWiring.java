package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.listen.GatewayConfig;
import dev.tapeline.plant.wire.BookFolds;
import dev.tapeline.server.settings.Limits;
import dev.tapeline.server.settings.Listen;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.Tuning;
import dev.tapeline.server.settings.part.BuiltInChannels;
import dev.tapeline.tls.LiveCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Maps the settings of the server to the configuration of the gateway. */
final class GatewayWiring {

  private GatewayWiring() {}

  static Gateway gateway(
      Settings settings,
      Bus bus,
      Optional<LiveCertificate> tls,
      Path restSocket,
      MeterRegistry meters) {
    BookFolds folds = new BookFolds(settings.tuning().kinds());
    return new Gateway(config(settings, tls, restSocket), bus, folds, meters);
  }

  static GatewayConfig config(Settings settings, Optional<LiveCertificate> tls, Path restSocket) {
    Listen listen = settings.listen();
    GatewayConfig.Builder builder =
        GatewayConfig.builder()
            .ports(List.of(listen.apiPort(), listen.gatewayPort()))
            .bindHost(listen.bindHost())
            .authenticator(settings.authenticator())
            .tickChannel(BuiltInChannels.ALL_TICKS)
            .tls(tls)
            .restSocket(Optional.of(restSocket));
    limit(builder, settings.limits());
    tune(builder, settings.tuning());
    return builder.build();
  }

  private static void limit(GatewayConfig.Builder builder, Limits limits) {
    builder
        .maxConnections(limits.connections())
        .maxConnectionsPerAddress(limits.connectionsPerAddress())
        .connectRate(limits.connectRate())
        .connectRatePerAddress(limits.connectRatePerAddress())
        .maxChannels(limits.channels())
        .maxChannelsPerClient(limits.channelsPerClient())
        .maxWildcards(limits.wildcardsPerClient())
        .maxPatternChannelsPerClient(limits.patternChannelsPerClient())
        .maxPatterns(limits.patterns())
        .ratePerSecond(limits.ratePerSecond())
        .rateBurst(limits.rateBurst())
        .allowedOrigins(limits.allowedOrigins())
        .allowedHosts(limits.allowedHosts())
        .trustedProxies(limits.trustedProxies())
        .maxMessageBytes(limits.messageBytes())
        .maxPayloadBytes(limits.payloadBytes())
        .maxHeaderBytes(limits.headerBytes())
        .handshakeTimeout(limits.handshakeTimeout())
        .pingInterval(limits.pingInterval());
  }

  private static void tune(GatewayConfig.Builder builder, Tuning tuning) {
    builder
        .transport(tuning.transport())
        .ringBytes(tuning.ringBytes())
        .ringsTotalBytes(tuning.ringsTotalBytes())
        .kinds(tuning.kinds())
        .slowStep(tuning.slowStep())
        .priorityChannels(tuning.priorityChannels())
        .compression(tuning.compression())
        .cable(tuning.cable());
    if (tuning.lanes() > 0) {
      builder.lanes(tuning.lanes());
    }
  }

  /** A gate that holds a replay until the clients of the gateway are ready for it. */
  static ReplayGate gate(Gateway gateway) {
    return new ReplayGate() {
      @Override
      public void awaitFirstSubscriber() throws InterruptedException {
        gateway.awaitSubscriber();
      }

      @Override
      public void awaitRoom() throws InterruptedException {
        gateway.awaitRoom();
      }
    };
  }
}
