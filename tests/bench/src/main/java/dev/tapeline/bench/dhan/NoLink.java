package dev.tapeline.bench.dhan;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to nothing, and remembers which sockets the session has wanted. */
final class NoLink implements VendorLink {

  private final List<String> sockets = new ArrayList<>();

  List<String> sockets() {
    return List.copyOf(sockets);
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {
    sockets.add(socket);
  }

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

  /** The packets are good: a fault is one of this tool. */
  @Override
  public void fault(String kind, String reason) {
    throw new BenchException("the session tells of a fault, %s: %s".formatted(kind, reason));
  }
}
