package dev.tapeline.access.policy;

/**
 * Thrown for a file of roles and keys that can't be used; the message names the place and the
 * remedy.
 */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PolicyException(String message) {
    super(message);
  }
}
