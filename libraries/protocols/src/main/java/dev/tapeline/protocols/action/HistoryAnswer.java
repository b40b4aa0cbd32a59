package dev.tapeline.protocols.action;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.core.ChannelLog.Entry;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.Position;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link NativeHistoryRequest}.
 *
 * <pre>
 * {"type":"history"[,"requestId":R],"channel":C,"epoch":E,"top":N,"oldest":O,"publications":[P…],"more":M}
 * P: {"seq":N,"time":T[,"encoding":X],"data":…}
 * </pre>
 *
 * {@code top} is the newest number of the channel and {@code oldest} the lowest in the log. {@code
 * time} is when a publication was logged, in epoch ms UTC. {@code more} is true if the answer ends
 * before {@code top}. An answer has as many publications as fit in 1 MiB, at least one.
 */
final class HistoryAnswer {

  private static final int MAX_BYTES = 1 << 20;
  private static final byte[] COMMA = ascii(",");

  private final List<byte[]> parts = new ArrayList<>();
  private int bytes;

  private HistoryAnswer() {}

  /**
   * @param requestId as JSON; null if the client gave none
   */
  static Frame of(@Nullable String requestId, NativeHistoryRequest request, Extract extract) {
    HistoryAnswer answer = new HistoryAnswer();
    answer.add(ascii("{\"type\":\"history\""));
    if (requestId != null) {
      answer.add(ascii(",\"requestId\":"));
      answer.add(requestId.getBytes(StandardCharsets.UTF_8));
    }
    answer.add(ascii(",\"channel\":"));
    answer.add(Payload.quoted(request.channel().name()));
    answer.add(ascii(",\"epoch\":"));
    answer.add(Payload.quoted(extract.top().epoch()));
    answer.add(
        ascii(
            ",\"top\":%d,\"oldest\":%d,\"publications\":["
                .formatted(extract.top().seq(), extract.oldest())));
    boolean more = answer.addEntries(extract);
    answer.add(ascii("],\"more\":" + more + "}"));
    return Frame.of(answer.parts.toArray(byte[][]::new));
  }

  private boolean addEntries(Extract extract) {
    long last = extract.top().seq();
    for (Entry entry : extract.entries()) {
      if (bytes > MAX_BYTES) {
        return true;
      }
      last = add(entry);
    }
    return last < extract.top().seq();
  }

  private long add(Entry entry) {
    Position position = entry.publication().position();
    long seq = position == null ? 0 : position.seq();
    if (parts.getLast()[parts.getLast().length - 1] == '}') {
      add(COMMA);
    }
    Payload payload = Payload.of(entry.publication().payload());
    add(ascii("{\"seq\":" + seq + ",\"time\":" + entry.millis()));
    add(
        ascii(
            switch (payload.form()) {
              case JSON -> ",\"data\":";
              case TEXT -> ",\"encoding\":\"text\",\"data\":";
              case BINARY -> ",\"encoding\":\"base64\",\"data\":";
            }));
    add(payload.json());
    add(ascii("}"));
    return seq;
  }

  private void add(byte[] part) {
    parts.add(part);
    bytes += part.length;
  }
}
