package dev.tapeline.fuzz;

import dev.tapeline.access.AccessDecoders;
import dev.tapeline.core.NameDecoders;
import dev.tapeline.feed.record.RecordDecoders;
import dev.tapeline.feed.replay.FeedDecoders;
import dev.tapeline.gateway.listen.route.ConnectionDecoders;
import dev.tapeline.hub.frame.FrameDecoders;
import dev.tapeline.hub.message.MessageDecoders;
import dev.tapeline.plant.instruments.InstrumentDecoders;
import dev.tapeline.plant.wire.BookDecoders;
import dev.tapeline.protocols.cable.CableDecoders;
import dev.tapeline.protocols.exchange.ExchangeDecoders;
import dev.tapeline.protocols.spi.ProtocolDecoders;
import dev.tapeline.redis.address.UrlDecoders;
import dev.tapeline.redis.cluster.RedirectDecoders;
import dev.tapeline.redis.receive.BroadcastDecoders;
import dev.tapeline.redis.wire.ReplyDecoders;
import dev.tapeline.rest.RestDecoders;
import dev.tapeline.server.settings.ConfigDecoders;
import dev.tapeline.tls.TlsDecoders;
import java.util.Locale;

/**
 * What is fuzzed. To add a decoder, write a method that takes an {@link Input} and throws if
 * something is wrong, give it a constant here, and some inputs that it takes, one a file, in the
 * folder of its name under {@code seeds}. What a fuzzer has found goes there too.
 */
enum Decoder {
  NAMES(NameDecoders::names),
  TOKEN(AccessDecoders::token),
  CLAIMS(AccessDecoders::claims),
  POLICY_FILE(AccessDecoders::policyFile),
  SETTINGS_FILE(ConfigDecoders::settingsFile),
  PAYLOAD(MessageDecoders::payload),
  DEFLATED(FrameDecoders::deflated),
  DELTAS(MessageDecoders::deltas),
  BARS(MessageDecoders::bars),
  CONNECTION(ConnectionDecoders::connection),
  MESSAGES(ConnectionDecoders::messages),
  COMPRESSED(ConnectionDecoders::compressed),
  HEAD(ConnectionDecoders::head),
  BOUNDARIES(ConnectionDecoders::boundaries),
  EXTENSIONS(ConnectionDecoders::extensions),
  FORWARDED(ConnectionDecoders::forwarded),
  PROXIES(ConnectionDecoders::proxies),
  RAW_JSON(ProtocolDecoders::rawJson),
  CABLE_MAPPING(CableDecoders::mapping),
  CABLE_IDENTIFIER(CableDecoders::identifier),
  STREAM_NAME(ExchangeDecoders::stream),
  STREAM_DATA(ExchangeDecoders::data),
  PEM(TlsDecoders::pem),
  REPLIES(ReplyDecoders::replies),
  BROADCAST(BroadcastDecoders::broadcast),
  LOG_ENTRY(BroadcastDecoders::entry),
  REDIRECT(RedirectDecoders::redirect),
  REDIS_URL(UrlDecoders::url),
  FRAMES(FeedDecoders::frames),
  RECORDING(FeedDecoders::recording),
  MESSAGE_LINES(FeedDecoders::messageLines),
  CSV(FeedDecoders::csv),
  RECORDED_ENTRIES(RecordDecoders::entries),
  RECORDED_FILE(RecordDecoders::file),
  MARKET_TICKS(FeedDecoders::marketTicks),
  INSTRUMENTS(InstrumentDecoders::list),
  BOOK(BookDecoders::book),
  PUBLISH(RestDecoders::publish);

  private final Body body;

  Decoder(Body body) {
    this.body = body;
  }

  /** Throws if something is wrong. */
  private interface Body {

    void take(Input input) throws Exception;
  }

  /**
   * Gives it an input.
   *
   * @throws AssertionError naming the decoder, if it is not as it should be
   */
  void take(Input input) {
    try {
      body.take(input);
    } catch (Throwable e) {
      throw new AssertionError("%s: %s".formatted(this, e.getMessage()), e);
    }
  }

  /** The folder of its seeds. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
