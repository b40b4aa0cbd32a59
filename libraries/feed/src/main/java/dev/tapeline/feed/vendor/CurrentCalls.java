package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls of whichever feed of a source runs now. Safe for all threads. */
public final class CurrentCalls implements VendorCalls {

  private volatile @Nullable VendorCalls current;

  /** Makes calls by this feed from now on. */
  public <T extends VendorCalls> T use(T calls) {
    current = calls;
    return calls;
  }

  @Override
  public boolean isOpen() {
    VendorCalls calls = current;
    return calls != null && calls.isOpen();
  }

  @Override
  public CompletableFuture<Reply> ask(RestCall call) {
    VendorCalls calls = current;
    return calls == null
        ? CompletableFuture.failedFuture(new FeedException("its feed does not run on this node"))
        : calls.ask(call);
  }

  @Override
  public void rest(String budget, Duration pause) {
    VendorCalls calls = current;
    if (calls != null) {
      calls.rest(budget, pause);
    }
  }
}
