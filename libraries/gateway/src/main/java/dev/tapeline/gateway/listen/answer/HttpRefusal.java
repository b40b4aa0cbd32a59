package dev.tapeline.gateway.listen.answer;

import dev.tapeline.tls.TlsOrPlain;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** A short HTTP answer after which the connection ends: a problem document (RFC 9457). */
public enum HttpRefusal {
  BAD_REQUEST(400, "Bad Request", "The request can't be read as HTTP/1.1.", ""),
  UPGRADE_WITH_BODY(
      400, "Bad Request", "A request for a WebSocket has no body: leave out Content-Length.", ""),
  TLS_REQUIRED(
      400, "Bad Request", "This port speaks TLS: use https:// or wss:// in the address.", ""),
  UNAUTHORIZED(
      401, "Unauthorized", "A token or a key is needed here.", "WWW-Authenticate: Bearer\r\n"),
  FORBIDDEN_ORIGIN(
      403, "Forbidden", "Pages of this origin may not connect: see allowed-origins.", ""),
  NOT_FOUND(
      404, "Not Found", "There is no WebSocket at this path, and no REST server behind it.", ""),
  EVENTS_ONLY(
      405,
      "Method Not Allowed",
      "This path speaks server-sent events, to a GET without an upgrade.",
      "Allow: GET, OPTIONS\r\n"),
  NO_CHANNELS(400, "Bad Request", "Name the channels, as in /sse?channels=a,b.", ""),
  NO_SOCKET_HERE(
      421,
      "Misdirected Request",
      "There is no WebSocket at this path: the path of the native protocol is /ws.",
      ""),
  HANDSHAKE_TIMEOUT(408, "Request Timeout", "The head of the request took too long.", ""),
  UPGRADE_REQUIRED(
      426, "Upgrade Required", "This path speaks WebSocket.", "Upgrade: websocket\r\n"),
  OTHER_VERSION(
      426,
      "Upgrade Required",
      "This path speaks version 13 of WebSocket (RFC 6455).",
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
  TOO_MANY_FROM_ADDRESS(429, "Too Many Requests", "Too many connections from one address.", 5),
  TOO_FAST_FROM_ADDRESS(429, "Too Many Requests", "Too many new connections from one address.", 1),
  TOO_MANY_OF_USER(
      429,
      "Too Many Requests",
      "The user of this token has reached its limit of connections: close another one.",
      5),
  OTHER_HOST(
      421,
      "Misdirected Request",
      "This server does not answer for that host name: see tapeline-allowed-hosts.",
      ""),
  HEAD_TOO_LARGE(
      431, "Request Header Fields Too Large", "The head of the request is too large.", ""),
  REST_UNAVAILABLE(502, "Bad Gateway", "The REST server can't be reached.", 1),
  FULL(503, "Service Unavailable", "The server has reached its limit of connections.", 5),
  UNCHECKED(
      503,
      "Service Unavailable",
      "The token can't be checked now, as the keys that it is signed with can't be read: try again.",
      1),
  RUSH(503, "Service Unavailable", "Too many clients connect at once.", 1),
  DRAINING(503, "Service Unavailable", "The server is about to stop.", 1);

  private final int status;
  private final String title;
  private final int retrySeconds;
  private final String head;
  private final String rest;

  /** A permanent refusal: the same request will be refused again. */
  HttpRefusal(int status, String title, String detail, String headers) {
    this(status, title, detail, headers, 0);
  }

  /** A temporary refusal. */
  HttpRefusal(int status, String title, String detail, int retrySeconds) {
    this(status, title, detail, "", retrySeconds);
  }

  HttpRefusal(int status, String title, String detail, String headers, int retrySeconds) {
    this.status = status;
    this.title = title;
    this.retrySeconds = retrySeconds;
    this.head = "HTTP/1.1 %d %s\r\n%s".formatted(status, title, headers);
    this.rest = rest(detail);
  }

  /**
   * The rest of the answer.
   *
   * @param detail in ASCII, as it stands in a JSON string
   */
  private String rest(String detail) {
    String body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(title, status, detail);
    return "Content-Type: application/problem+json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(body.length(), body);
  }

  /** The seconds after which the client may come back; 0 if the refusal is permanent. */
  int retrySeconds() {
    return retrySeconds;
  }

  /**
   * Sends the answer past an HTTP codec that may be in the pipeline already, because it takes no
   * bytes. A client that could not read it, because the TLS handshake is not complete, or that has
   * gone, gets nothing.
   */
  public void send(Channel channel) {
    send(channel, retrySeconds);
  }

  /** Sends the answer with the seconds after which to come back, unless they are 0. */
  void send(Channel channel, long retryAfterSeconds) {
    send(channel, retryAfter(retryAfterSeconds) + rest);
  }

  /**
   * Sends the answer with a reason in place of the general text.
   *
   * @param reason characters outside of ASCII become question marks
   */
  public void sendBecause(Channel channel, String reason) {
    String ascii = reason.replaceAll("[^ -~]", "?");
    send(channel, rest(ascii.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  /**
   * Sends the answer to a client that may still be sending, and that reads only when it has sent
   * everything.
   */
  public void sendToSender(Channel channel) {
    if (!channel.isActive() || TlsOrPlain.isPending(channel)) {
      channel.close();
    } else {
      LingeringClose.say(channel, answer(channel, retryAfter(retrySeconds) + rest));
    }
  }

  private void send(Channel channel, String answer) {
    if (!channel.isActive() || TlsOrPlain.isPending(channel)) {
      channel.close();
    } else {
      PipelineEdge.of(channel)
          .writeAndFlush(answer(channel, answer))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private ByteBuf answer(Channel channel, String answer) {
    return ByteBufUtil.writeAscii(channel.alloc(), head + AnswerHeaders.of(channel) + answer);
  }

  private static String retryAfter(long seconds) {
    return seconds == 0 ? "" : "Retry-After: " + seconds + "\r\n";
  }
}
