package dev.tapeline.rest.http;

import dev.tapeline.tls.LiveCertificate;
import io.netty.handler.ssl.JdkSslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entrance of requests: a port or a private socket. */
public sealed interface Door extends AutoCloseable {

  Connector connector(Server server, HttpConfiguration http);

  /** Removes what the door has created; called when the server has ended. */
  @Override
  void close();

  /**
   * A private socket file, for the gateway alone: each connection begins with a PROXY header that
   * names the gateway's peer.
   */
  record Socket(Path path) implements Door {

    private static final Logger log = LoggerFactory.getLogger(Socket.class);

    /**
     * A socket in a new directory that only this user can enter. Directories of servers that were
     * killed are removed.
     *
     * @throws DoorException saying what to correct
     */
    public static Socket create() {
      return new Socket(SocketFolder.create().resolve(SocketFolder.SOCKET));
    }

    @Override
    public Connector connector(Server server, HttpConfiguration http) {
      var connector =
          new UnixDomainServerConnector(
              server, 1, 1, new ProxyConnectionFactory(), new HttpConnectionFactory(http));
      connector.setUnixDomainPath(path);
      connector.setAcceptQueueSize(1024);
      return connector;
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
        Files.deleteIfExists(directory());
      } catch (IOException e) {
        log.warn("can't delete {}: {}", directory(), e.toString());
      }
    }

    private Path directory() {
      return Objects.requireNonNull(path.getParent());
    }
  }

  /**
   * A port of its own, for a process without a gateway. Takes no PROXY header: anyone may reach it,
   * and Jetty would believe a header from anyone.
   *
   * @param headLimit from the first byte of a request's head to its last
   * @param tls the certificate; null if the port is plain
   */
  record Port(String host, int port, Duration headLimit, @Nullable LiveCertificate tls)
      implements Door {

    @Override
    public Connector connector(Server server, HttpConfiguration http) {
      HttpConnectionFactory plain = new TimedHeads(http, headLimit);
      ServerConnector connector =
          tls == null
              ? new ServerConnector(server, 1, 1, plain)
              : new ServerConnector(server, 1, 1, encrypted(tls), plain);
      connector.setHost(host);
      connector.setPort(port);
      return connector;
    }

    private static SslConnectionFactory encrypted(LiveCertificate certificate) {
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(certificate.context().context());
      certificate.onChange(changed -> take(factory, changed));
      return new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString());
    }

    private static void take(SslContextFactory factory, JdkSslContext changed) {
      try {
        factory.reload(running -> running.setSslContext(changed.context()));
      } catch (Exception e) { // Jetty declares no narrower type
        throw new IllegalStateException("Jetty rejects the certificate", e);
      }
    }

    @Override
    public void close() {}
  }
}
