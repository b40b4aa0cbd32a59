package dev.tapeline.server.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Where requests come in. */
public sealed interface Door {

  Connector connector(Server server, HttpConfiguration http);

  /**
   * A private socket file, for the gateway alone: each connection begins with a PROXY header that
   * names the client.
   */
  record Socket(Path path) implements Door {

    private static final String NAME = "rest.sock";

    /** A socket in a new directory that only this user can enter. */
    public static Socket create() {
      try {
        Path directory =
            Files.createTempDirectory(
                "tapeline-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new Socket(directory.resolve(NAME));
      } catch (IOException e) {
        throw new UncheckedIOException("no directory for the REST socket", e);
      }
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

    public void delete() throws IOException {
      Files.deleteIfExists(path);
      Path directory = path.getParent();
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    }
  }

  /** A port of its own, for a process without a gateway. */
  record Port(String host, int port) implements Door {

    @Override
    public Connector connector(Server server, HttpConfiguration http) {
      ServerConnector connector =
          new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost(host);
      connector.setPort(port);
      return connector;
    }
  }
}
