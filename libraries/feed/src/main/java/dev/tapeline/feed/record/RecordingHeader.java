package dev.tapeline.feed.record;

import java.time.ZoneId;
import java.util.Map;

/**
 * What a recording says of itself.
 *
 * @param source the name of the source that was recorded
 * @param vendor the kind of the vendor, such as {@code binance}
 * @param options what the vendor's decoding depends on, by name; no secrets
 * @param zone the time zone of the days by which the recording is divided
 */
public record RecordingHeader(
    String source, String vendor, Map<String, String> options, ZoneId zone) {

  public RecordingHeader {
    options = Map.copyOf(options);
  }
}
