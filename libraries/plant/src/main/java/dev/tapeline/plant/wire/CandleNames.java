package dev.tapeline.plant.wire;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.nio.charset.StandardCharsets;

/**
 * The names of the bars of one instrument and frame.
 *
 * @param keyHead the begin of the keys in the cache, which the bar's time follows
 * @param payloadHead the begin of the payloads, which the bar's time follows; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
record CandleNames(String channel, String keyHead, byte[] payloadHead) {

  static CandleNames of(String symbol, Frame frame) {
    String tf = frame.toString();
    return new CandleNames(
        Channels.candles(symbol, tf),
        Keys.candles(symbol, tf),
        "{\"symbol\":\"%s\",\"tf\":\"%s\",\"t\":"
            .formatted(symbol, tf)
            .getBytes(StandardCharsets.US_ASCII));
  }
}
