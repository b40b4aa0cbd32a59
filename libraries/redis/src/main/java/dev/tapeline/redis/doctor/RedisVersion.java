package dev.tapeline.redis.doctor;

/**
 * The version of a server.
 *
 * @param text such as {@code 7.0.15}
 */
record RedisVersion(String text) {

  private int part(int index) {
    String[] parts = text.split("\\.", -1);
    String digits = index < parts.length ? parts[index].replaceAll("\\D.*", "") : "";
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  int major() {
    return part(0);
  }

  /**
   * Whether a pattern with many stars can keep the server busy for long (CVE-2022-36021). Fixed in
   * 6.0.18, 6.2.11 and 7.0.9.
   */
  boolean matchesSlowly() {
    int first =
        switch (major()) {
          case 6 -> part(1) == 0 ? 18 : part(1) == 2 ? 11 : Integer.MAX_VALUE;
          case 7 -> part(1) == 0 ? 9 : 0;
          default -> major() < 6 ? Integer.MAX_VALUE : 0;
        };
    return part(2) < first;
  }
}
