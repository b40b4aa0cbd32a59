package dev.tapeline.gateway.listen.http;

import dev.tapeline.protocols.spi.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a request: enough to choose who answers it, and to tell where it ends. */
public record RequestHead(String method, Opening opening, BodyLength body) {

  static final String LINE_END = "\r\n";
  public static final String END = LINE_END + LINE_END;
  private static final Pattern BEGUN = Pattern.compile("GET (/[^ ?]*)[ ?]");

  private static final List<String> SCHEMES = List.of("http://", "https://", "ws://", "wss://");

  /** The path of a GET whose head may be incomplete; empty if there is none. */
  static Optional<String> pathIn(ByteBuf bytes) {
    Matcher begun = BEGUN.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
    return begun.lookingAt() ? Optional.of(begun.group(1)) : Optional.empty();
  }

  /**
   * Reads a whole head; empty if it is not one of HTTP/1.1, or if two readers could understand it
   * differently.
   */
  public static Optional<RequestHead> parse(ByteBuf bytes, int length) {
    String text =
        bytes.toString(bytes.readerIndex(), length - END.length(), StandardCharsets.ISO_8859_1);
    Optional<HttpHeaders> headers = HeadText.headers(text);
    String[] words = HeadText.firstLine(text).split(" ", -1);
    if (headers.isEmpty()
        || headers.get().getAll("Host").size() > 1
        || words.length != 3
        || !words[2].startsWith("HTTP/1.")) {
      return Optional.empty();
    }
    return origin(words[0], words[1])
        .flatMap(target ->
            BodyLength.of(headers.get())
                .flatMap(body -> of(words[0], target, headers.get(), body)));
  }

  private static Optional<RequestHead> of(
      String method, String target, HttpHeaders headers, BodyLength body) {
    try {
      return Optional.of(new RequestHead(method, Opening.of(target, headers), body));
    } catch (IllegalArgumentException e) { // a broken percent-encoding
      return Optional.empty();
    }
  }

  /** The path and query of a target, which may be a whole address (RFC 9112, section 3.2). */
  private static Optional<String> origin(String method, String target) {
    if (method.equals("CONNECT")) {
      return Optional.empty();
    }
    if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
      return Optional.of(target);
    }
    String lower = target.toLowerCase(Locale.ROOT);
    return SCHEMES.stream()
        .filter(lower::startsWith)
        .findFirst()
        .map(scheme -> withoutAuthority(target.substring(scheme.length())));
  }

  private static String withoutAuthority(String rest) {
    for (int at = 0; at < rest.length(); at++) {
      char c = rest.charAt(at);
      if (c == '/' || c == '?') {
        return c == '/' ? rest.substring(at) : "/" + rest.substring(at);
      }
    }
    return "/";
  }

  public String path() {
    return opening.path();
  }

  public HttpHeaders headers() {
    return opening.headers();
  }

  public boolean hasBody() {
    return !body.equals(BodyLength.NONE);
  }

  public boolean isUpgrade() {
    HttpHeaders headers = headers();
    return method.equals("GET")
        && headers.containsValue("Connection", "upgrade", true)
        && headers.containsValue("Upgrade", "websocket", true);
  }
}
