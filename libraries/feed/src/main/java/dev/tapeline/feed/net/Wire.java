package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP connection, with TLS on it where the address is {@code wss}. */
record Wire(Socket tcp, Socket socket) {

  /**
   * Connects a fresh socket; closing that ends it at any time.
   *
   * @throws IllegalArgumentException if the address is not one of a WebSocket
   */
  static Wire connect(Socket tcp, Address address, SSLContext trust) throws IOException {
    URI uri = address.uri();
    String host = uri.getHost();
    boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
    if (host == null || (!secure && !"ws".equalsIgnoreCase(uri.getScheme()))) {
      throw new IllegalArgumentException("neither ws nor wss");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    InetSocketAddress at = new InetSocketAddress(host, port);
    if (at.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    tcp.setTcpNoDelay(true);
    tcp.connect(at);
    return new Wire(tcp, secure ? secure(tcp, host, port, trust) : tcp);
  }

  private static Socket secure(Socket tcp, String host, int port, SSLContext trust)
      throws IOException {
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(tcp, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
