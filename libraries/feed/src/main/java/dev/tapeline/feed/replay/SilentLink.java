package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A link to nobody: what a session asks for in a replay is not done, as what came of it is in the
 * recording. Faults alone are passed on, with their kind and their reason.
 */
record SilentLink(BiConsumer<String, String> faults) implements VendorLink {

  @Override
  public void open(String socket, Address.Source address, Duration delay) {}

  @Override
  public void send(String socket, String text) {}

  @Override
  public void close(String socket) {}

  @Override
  public void call(RestCall call) {}

  @Override
  public void rest(String budget, Duration pause) {}

  @Override
  public void tell(FeedStatus.State state, @Nullable String reason) {}

  @Override
  public void fault(String kind, String reason) {
    faults.accept(kind, reason);
  }
}
