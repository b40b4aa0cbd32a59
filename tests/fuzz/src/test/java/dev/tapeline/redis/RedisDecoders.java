package dev.tapeline.redis;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Redis answers and delivers, and where it says that it is. */
public final class RedisDecoders {

  private static final int PREFIX = 2;

  /** As it stands in the seeds. */
  private static final String PASSWORD = "s3cret";

  private RedisDecoders() {}

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

  /** A partition's broadcast. */
  public static void bulletin(Input input) {
    try {
      Bulletin bulletin = Bulletin.parse(input.bytes(), new ChannelNames(PREFIX));
      for (Bulletin.Item item : bulletin.items()) {
        if (item.hasEntry()) {
          check(item.publication().position() != null, "no position");
        }
        check(item.position().seq() >= 0 && !item.text().isEmpty() == item.hasEntry(), "no place");
      }
    } catch (MalformedReplyException e) {
      // as it should
    }
  }

  /** An entry of a log. */
  public static void entry(Input input) {
    try {
      LogEntry entry = LogEntry.parse(input.bytes());
      byte[] payload = entry.payload();
      byte[] all = input.bytes();
      check(
          Arrays.equals(payload, Arrays.copyOfRange(all, all.length - payload.length, all.length)),
          "another payload");
    } catch (MalformedReplyException e) {
      // as it should
    }
  }

  /** An error that may tell where a slot has gone. */
  public static void redirect(Input input) {
    Redirect redirect = Redirect.parse(input.text());
    check(redirect == null || redirect.port() >= 0, "to port %s", redirect);
  }

  /** A {@code REDIS_URL}: messages do not tell what stands in front of its last {@code @}. */
  public static void url(Input input) {
    String url = input.text();
    try {
      RedisUrl.parse(url);
    } catch (IllegalArgumentException e) {
      boolean login = url.lastIndexOf(PASSWORD) < url.lastIndexOf('@');
      check(!login || !String.valueOf(e.getMessage()).contains(PASSWORD), "%s", e.getMessage());
    }
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
