package dev.tapeline.tls;

/**
 * Thrown for a certificate or key that can't be used; the message names the file and the remedy.
 */
public final class TlsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
