package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.gateway.listen.route.Protocols;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.plant.wire.BookFolds;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.BuiltInChannels;
import dev.tapeline.server.settings.part.GatewaySettings;
import dev.tapeline.tls.LiveCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the gateway together from the settings of the server. */
final class GatewayWiring {

  private GatewayWiring() {}

  static Gateway gateway(
      Settings settings,
      Bus bus,
      @Nullable LiveCertificate tls,
      Path restSocket,
      MeterRegistry meters) {
    BookFolds folds = new BookFolds(settings.gateway().kinds());
    return new Gateway(config(settings, tls, restSocket), bus, folds, meters);
  }

  static GatewayConfig config(Settings settings, @Nullable LiveCertificate tls, Path restSocket) {
    GatewaySettings parts = settings.gateway();
    return new GatewayConfig(
        parts.listener().withTls(tls),
        parts.connections(),
        parts.http(),
        parts.clients(),
        parts.hub(),
        parts.kinds(),
        ChannelRules.CHECK,
        new Protocols(List.of(), BuiltInChannels.ALL_TICKS, parts.cable()),
        settings.authenticator(),
        restSocket);
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
