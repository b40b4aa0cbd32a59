package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedStatus;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A link to nobody: what a session asks for in a replay is not done, as what came of it is in the
 * recording. Faults alone are passed on, with their kind and their reason.
 *
 * @param faults takes the kind and the reason of each fault
 */
public record SilentLink(BiConsumer<String, String> faults) implements VendorLink {

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
