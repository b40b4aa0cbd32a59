package dev.tapeline.protocols.centrifugo;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.access.policy.Verb;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.ChannelLog.Entry;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.Position;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.OneLine;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.RejectedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The history requests of one client, one at a time. Owned by its lane.
 *
 * <pre>
 * {"id":I,"history":{"epoch":E,"offset":N,"publications":[{"data":D,"offset":M}…]}}
 * </pre>
 *
 * An answer has as many publications as fit in 1 MiB, at least one.
 */
final class History {

  private static final int MAX_BYTES = 1 << 20;
  private static final byte[] COMMA = ascii(",");

  private final Session session;
  private final Entitlement entitlement;
  private final Replies replies;
  private boolean asking;

  History(Session session, Entitlement entitlement, Replies replies) {
    this.session = session;
    this.entitlement = entitlement;
    this.replies = replies;
  }

  /** Asks the log, whose answer comes later; false if the request is invalid. */
  boolean ask(long id, JsonNode body) {
    CentrifugoHistoryRequest request;
    try {
      request = CentrifugoHistoryRequest.read(body);
      entitlement.check(Verb.HISTORY, request.channel());
    } catch (RejectedException e) {
      replies.error(id, e);
      return false;
    }
    ChannelLog log = session.lane().hub().bus().log();
    if (!log.keeps(request.channel().name())) {
      replies.error(id, ErrorCode.NOT_AVAILABLE, "the channel is not durable: it has no history");
      return true;
    }
    if (asking) {
      replies.error(id, ErrorCode.TOO_MANY_REQUESTS, "one history request at a time");
      return true;
    }
    asking = true;
    var _ =
        request
            .ask(log)
            .whenComplete(
                (extract, error) -> session.lane().execute(() -> answer(id, request, extract)));
    return true;
  }

  private void answer(long id, CentrifugoHistoryRequest request, @Nullable Extract extract) {
    asking = false;
    if (session.isClosed()) {
      return;
    }
    if (extract == null) {
      replies.error(id, ErrorCode.INTERNAL, "the channel's log can't be read now: try again");
    } else if (!request.isAnsweredBy(extract)) {
      replies.error(id, ErrorCode.UNRECOVERABLE_POSITION, "that epoch has ended");
    } else {
      replies.send(frame(id, extract.top(), publications(request, extract)));
    }
  }

  private static List<byte[]> publications(CentrifugoHistoryRequest request, Extract extract) {
    List<Entry> entries = request.reverse() ? extract.entries().reversed() : extract.entries();
    List<byte[]> given = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      Position position = entry.publication().position();
      long offset = position == null ? 0 : position.seq();
      if (given.size() < request.limit() && bytes < MAX_BYTES && request.includes(offset)) {
        byte[] one = publication(entry, offset);
        bytes += one.length;
        given.add(one);
      }
    }
    return given;
  }

  private static byte[] publication(Entry entry, long offset) {
    byte[] data = OneLine.of(Payload.of(entry.publication().payload()).json());
    return Frame.of(ascii("{\"data\":"), data, ascii(",\"offset\":" + offset + '}')).text();
  }

  private static Frame frame(long id, Position top, List<byte[]> publications) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(ascii("{\"id\":" + id + ",\"history\":{\"epoch\":"));
    parts.add(Payload.quoted(top.epoch()));
    parts.add(ascii(",\"offset\":" + top.seq() + ",\"publications\":["));
    byte[] separator = {};
    for (byte[] publication : publications) {
      parts.add(separator);
      parts.add(publication);
      separator = COMMA;
    }
    parts.add(ascii("]}}"));
    return Frame.of(parts.toArray(byte[][]::new));
  }
}
