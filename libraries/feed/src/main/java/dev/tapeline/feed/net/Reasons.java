package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Address;
import io.netty.handler.codec.DecoderException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a connection or a call has failed, without secrets. */
final class Reasons {

  static final String WITHOUT_ANSWER = "closed by the vendor without an answer";
  static final String DEAF = "the vendor does not read what is sent";
  static final String WITHOUT_CLOSE = "ended by the vendor without a close";

  private static final int MAX_LENGTH = 200;

  private Reasons() {}

  /**
   * @param timeout the one of the connection or the call
   */
  static String of(Throwable failure, Address address, Duration timeout) {
    Throwable cause = strip(failure);
    String host = String.valueOf(address.uri().getHost());
    return switch (cause) {
      case UnusableException e -> String.valueOf(e.getMessage());
      case HttpTimeoutException _, TimeoutException _ -> noAnswerWithin(timeout);
      case UnknownHostException _ -> host + " is unknown";
      case SSLException e -> tls(e, host);
      case ConnectException e when has(e, UnresolvedAddressException.class) -> host + " is unknown";
      case ConnectException _ -> host + " refuses the connection";
      case NoRouteToHostException _ -> "there is no way to " + host;
      case IllegalArgumentException _ -> "the address of %s is not valid".formatted(host);
      case IOException e -> io(e, address);
      default -> "%s%s".formatted(cause.getClass().getSimpleName(), detail(cause, address));
    };
  }

  /** Why there is no address; only the messages of this project are known to have no secrets. */
  static String noAddress(RuntimeException failure) {
    return "no address: "
        + (failure instanceof FeedException
            ? failure.getMessage()
            : failure.getClass().getSimpleName());
  }

  static String noAnswerWithin(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1000 == 0
        ? "no answer within %d s".formatted(millis / 1000)
        : "no answer within %d ms".formatted(millis);
  }

  private static Throwable strip(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean isWrapper =
        failure instanceof CompletionException
            || failure instanceof ExecutionException
            || failure instanceof DecoderException;
    return isWrapper && cause != null ? strip(cause) : failure;
  }

  private static String tls(SSLException failure, String host) {
    Throwable certificate = find(failure, CertPathBuilderException.class);
    if (certificate == null) {
      certificate = find(failure, CertificateException.class);
    }
    return certificate == null
        ? "no TLS with %s: %s".formatted(host, failure.getMessage())
        : "the certificate of %s is not trusted: %s".formatted(host, certificate.getMessage());
  }

  /** Whether the other end has cut the connection. */
  static boolean isReset(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return failure instanceof IOException
        && (message.contains("reset") || message.contains("broken pipe"));
  }

  private static String io(IOException failure, Address address) {
    if (isReset(failure)) {
      return "reset by the vendor";
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.equals(WITHOUT_ANSWER) || message.contains("received no bytes")) {
      return WITHOUT_ANSWER;
    }
    if (message.contains("exceeds capacity")) {
      return "an answer of too many bytes";
    }
    if (has(failure, EOFException.class)) {
      return "closed by the vendor too early";
    }
    return "the network failed" + detail(failure, address);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    return find(failure, kind) != null;
  }

  private static @Nullable Throwable find(
      @Nullable Throwable failure, Class<? extends Throwable> kind) {
    Throwable each = failure;
    while (each != null && !kind.isInstance(each)) {
      each = each.getCause();
    }
    return each;
  }

  private static String detail(@Nullable Throwable failure, Address address) {
    String message = failure == null ? null : failure.getMessage();
    return message == null || message.isBlank() ? "" : ": " + excerpt(message, address);
  }

  /** The beginning of a text in one line, without what may be secret in an address. */
  static String excerpt(String text, Address address) {
    String open = text;
    String query = address.uri().getRawQuery();
    if (query != null) {
      open = open.replace(query, "***");
      for (String parameter : query.split("&", -1)) {
        open = mask(open, parameter.substring(parameter.indexOf('=') + 1));
      }
    }
    for (String header : address.headers().values()) {
      for (String word : header.split(" ", -1)) {
        open = mask(open, word);
      }
    }
    String line = open.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }

  private static String mask(String text, String secret) {
    return secret.length() < 6 ? text : text.replace(secret, "***");
  }
}
