package dev.tapeline.redis.wire;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Redis answers and delivers. */
public final class ReplyDecoders {

  private static final int PREFIX = 2;

  private ReplyDecoders() {}

  /** A stream of replies: the same are heard whether it comes whole or byte by byte. */
  public static void replies(Input input) {
    List<String> whole = heard(input.bytes(), Math.max(1, input.bytes().length));
    List<String> pieces = heard(input.bytes(), 1);
    check(whole.equals(pieces), "heard %s of the whole, %s of pieces", whole, pieces);
  }

  private static List<String> heard(byte[] bytes, int step) {
    Ear ear = new Ear();
    Resp3Decoder decoder = new Resp3Decoder(new ChannelNames(PREFIX), ear);
    try {
      for (int at = 0; at < bytes.length; at += step) {
        ByteBuf piece = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
        decoder.decode(piece);
        check(!piece.isReadable(), "left %d bytes", piece.readableBytes());
      }
    } catch (MalformedReplyException e) {
      ear.heard.add("malformed");
    }
    return ear.heard;
  }

  /** Writes down what it hears. */
  private static final class Ear implements Resp3Decoder.Listener {

    private final List<String> heard = new ArrayList<>();

    @Override
    public void onMessage(@Nullable String pattern, String channel, byte[] payload) {
      heard.add("message " + pattern + " " + channel + " " + text(payload));
    }

    @Override
    public void onShardMessage(String channel, byte[] payload) {
      heard.add("shard " + channel + " " + text(payload));
    }

    @Override
    public void onConfirmation(String kind, String name) {
      heard.add("confirmation " + kind + " " + name);
    }

    @Override
    public void onReply(byte @Nullable [] text) {
      heard.add("reply " + (text == null ? null : text(text)));
    }

    @Override
    public void onError(String message) {
      heard.add("error " + message);
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
