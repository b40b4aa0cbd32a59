package dev.tapeline.hub.lane;

import dev.tapeline.core.Channel;
import dev.tapeline.core.admin.SubscriptionReport;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The report of one session's subscriptions for administrators. */
record SessionReport(SubscriptionList subscribed, SessionCursors cursors) {

  List<SubscriptionReport> subscriptions() {
    List<SubscriptionReport> all = new ArrayList<>(subscribed.size());
    subscribed.named().forEach(channel -> all.add(report(channel)));
    subscribed.forEachPattern(
        (pattern, options) -> all.add(report(pattern.text(), options, null, 0)));
    return all;
  }

  private SubscriptionReport report(Channel channel) {
    String name = channel.name();
    return cursors
        .on(name)
        .map(cursor -> report(name, cursor.options(), cursor.seq(), cursor.missing()))
        .orElseGet(() -> report(name, Objects.requireNonNull(subscribed.asked(channel)), null, 0));
  }

  private static SubscriptionReport report(
      String channel, Options options, @Nullable Long seq, long lag) {
    FrameRate limit = options.maxRate();
    Double rate = limit.isUnlimited() ? null : limit.perSecond();
    return new SubscriptionReport(channel, options.mode().text(), rate, seq, lag);
  }
}
