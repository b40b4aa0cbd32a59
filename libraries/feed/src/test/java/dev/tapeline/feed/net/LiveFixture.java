package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.vendor.ArrivalTap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A live feed of a {@link ProbeVendor}, and servers for it. */
final class LiveFixture implements AutoCloseable {

  static final NetSettings SETTINGS =
      Limits.timeouts(
          Limits.sizes(NetSettings.DEFAULT, 1000, 1000),
          Duration.ofSeconds(20),
          Duration.ofMillis(500));

  private final ProbeVendor vendor;
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<AutoCloseable> open = new ArrayList<>();

  LiveFixture(ProbeVendor vendor) {
    this.vendor = vendor;
  }

  LiveFeed start(NetSettings settings) {
    LiveFeed feed = new LiveFeed("test", vendor, settings, ArrivalTap.NONE, InstantSource.system());
    open.add(feed);
    feed.start(recorder, recorder);
    return feed;
  }

  VendorServer serve(VendorServer.Script script) {
    VendorServer server = VendorServer.of(script);
    open.add(server);
    return server;
  }

  /** Opens the socket {@code a} and waits for so many arrivals. */
  List<String> arrivals(int count, VendorServer.Script script) {
    vendor.open("a", serve(script).uri());
    start(SETTINGS);
    return vendor.await(count);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }
}
