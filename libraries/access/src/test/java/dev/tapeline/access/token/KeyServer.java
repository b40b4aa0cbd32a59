package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An identity provider's key server, which can be away. */
public final class KeyServer implements AutoCloseable {

  private final AtomicInteger asked = new AtomicInteger();
  private final int port;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile String published = new JWKSet().toString();
  private volatile Answer answer = this::give;
  private @Nullable HttpServer server;

  /** The way in which requests are answered. */
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final ECKey own = key();

  private KeyServer(int port) {
    this.port = port;
  }

  public static KeyServer started() {
    KeyServer server = new KeyServer(0);
    server.start();
    return server;
  }

  /** A server that is away, at an address where nobody listens. */
  public static KeyServer away() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new KeyServer(free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          answer.to(exchange);
          exchange.close();
        });
    server.start();
  }

  private void give(HttpExchange exchange) throws IOException {
    byte[] body = published.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("own").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Publishes the key of its tokens. */
  public void publishOwn() {
    publish(new JWKSet(own.toPublicJWK()));
  }

  /** A token of a user, valid for a minute, by the key that {@link #publishOwn} publishes. */
  public String token(String subject) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("own").build();
    JWTClaimsSet.Builder claims =
        Tokens.claims(subject).expirationTime(Date.from(Instant.now().plusSeconds(60)));
    try {
      return Tokens.signed(claims, header, new ECDSASigner(own));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An authenticator that accepts only the tokens of this server. */
  public Authenticator authenticator() {
    TokenVerifier verifier =
        new TokenVerifier(
            new PublishedKeys(address()),
            new TokenVerifier.Expected(null, null, Policy.USER, Duration.ZERO),
            Clock.systemUTC());
    return new Authenticator(
        Policy.builtIn(Tokens.PERSONAL), verifier, null, task -> Thread.ofVirtual().start(task));
  }

  void publish(String text) {
    published = text;
  }

  void publish(JWKSet keys) {
    publish(keys.toString());
  }

  /** Sets how requests are answered from now on. */
  public void answer(Answer other) {
    answer = other;
  }

  /** Answers again as at first. */
  public void answerAgain() {
    answer = this::give;
  }

  public int asked() {
    return asked.get();
  }

  public URL address() {
    try {
      int at = server == null ? port : server.getAddress().getPort();
      return URI.create("http://127.0.0.1:%d/keys".formatted(at)).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
