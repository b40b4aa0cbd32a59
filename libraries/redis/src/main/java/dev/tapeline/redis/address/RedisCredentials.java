package dev.tapeline.redis.address;

import org.jspecify.annotations.Nullable;

/**
 * Who a connection logs in as. Never prints the password.
 *
 * @param username the ACL user; null for Redis's default user
 * @param password null where Redis asks for none
 */
public record RedisCredentials(@Nullable String username, @Nullable String password) {

  public static final RedisCredentials NONE = new RedisCredentials(null, null);

  public RedisCredentials {
    username = username == null || username.isEmpty() ? null : username;
    password = password == null || password.isEmpty() ? null : password;
    if (username != null && password == null) {
      throw new IllegalArgumentException(
          "the Redis user '%s' has no password: write user:password".formatted(username));
    }
  }

  @Override
  public String toString() {
    return password == null ? "" : (username == null ? "" : username) + ":***@";
  }
}
