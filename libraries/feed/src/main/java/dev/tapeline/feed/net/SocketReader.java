package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one connection on a thread of its own: it copies the bytes to the inbox,
 * waits there while the inbox is full, and only then reads on.
 */
final class SocketReader {

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int MAX_CONTROL = 125;
  private static final int NO_CODE = 1005;

  private final Connection connection;
  private final Inbox inbox;
  private final Outgoing outgoing;
  private final int limit;
  private final DataInputStream in;
  private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
  private int started;

  SocketReader(Connection connection, Inbox inbox, Outgoing outgoing, int limit, InputStream in) {
    this.connection = connection;
    this.inbox = inbox;
    this.outgoing = outgoing;
    this.limit = limit;
    this.in = new DataInputStream(in);
  }

  /**
   * Reads until the vendor closes the connection.
   *
   * @throws UnusableException if what the vendor sends can't be used
   */
  SocketEnd read() throws IOException {
    SocketEnd end = null;
    while (end == null) {
      int first = in.read();
      if (first < 0) {
        return new SocketEnd.Broken(Reasons.WITHOUT_CLOSE);
      }
      try {
        end = readFrame(first);
      } catch (EOFException _) {
        return new SocketEnd.Broken(Reasons.WITHOUT_CLOSE);
      }
    }
    return end;
  }

  private @Nullable SocketEnd readFrame(int first) throws IOException {
    boolean last = (first & 0x80) != 0;
    int opcode = first & 0x0f;
    int second = in.readUnsignedByte();
    if ((first & 0x70) != 0 || (second & 0x80) != 0) {
      throw broken("reserved bits or a mask");
    }
    long length = length(second);
    if (opcode >= CLOSE) {
      if (!last || length > MAX_CONTROL) {
        throw broken("a control frame that is too long");
      }
      return control(opcode, in.readNBytes((int) length));
    }
    if (length < 0 || length > limit - parts.size()) {
      throw new UnusableException("a message of more than %d bytes".formatted(limit));
    }
    data(opcode, last, (int) length);
    return null;
  }

  private long length(int second) throws IOException {
    return switch (second) {
      case 126 -> in.readUnsignedShort();
      case 127 -> in.readLong();
      default -> second;
    };
  }

  private static UnusableException broken(String what) {
    return new UnusableException("against the WebSocket protocol: " + what);
  }

  private void data(int opcode, boolean last, int length) throws IOException {
    boolean fits = opcode == CONTINUATION ? started != 0 : opcode <= BINARY && started == 0;
    if (!fits) {
      throw broken("opcode %d".formatted(opcode));
    }
    int kind = opcode == CONTINUATION ? started : opcode;
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    if (last && parts.size() == 0) {
      started = 0;
      take(kind == TEXT, bytes);
    } else if (last) {
      parts.writeBytes(bytes);
      byte[] whole = parts.toByteArray();
      parts = new ByteArrayOutputStream(0);
      started = 0;
      take(kind == TEXT, whole);
    } else {
      parts.writeBytes(bytes);
      started = kind;
    }
  }

  private void take(boolean text, byte[] whole) {
    if (text && !isUtf8(whole)) {
      throw broken("a text that is not UTF-8");
    }
    if (!connection.isOver()) {
      String socket = connection.socket();
      inbox.put(connection, time -> new Arrival.Frame(socket, text, whole, time));
    }
  }

  private static boolean isUtf8(byte[] text) {
    for (byte each : text) {
      if (each < 0) {
        return decodes(text);
      }
    }
    return true;
  }

  private static boolean decodes(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private @Nullable SocketEnd control(int opcode, byte[] payload) {
    return switch (opcode) {
      case CLOSE -> closed(payload);
      case PING -> pinged(payload);
      case PONG -> null;
      default -> throw broken("opcode %d".formatted(opcode));
    };
  }

  private @Nullable SocketEnd pinged(byte[] payload) {
    if (!outgoing.add(Outgoing.PONG, payload)) {
      return new SocketEnd.Broken(Reasons.DEAF);
    }
    inbox.put(connection, time -> new Arrival.Pinged(connection.socket(), time));
    return null;
  }

  private SocketEnd closed(byte[] payload) {
    if (payload.length < 2) {
      return new SocketEnd.Closed(NO_CODE, "");
    }
    int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    return new SocketEnd.Closed(code, connection.excerpt(reason));
  }
}
