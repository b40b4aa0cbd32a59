package dev.tapeline.server.settings.part;

import dev.tapeline.market.instrument.Reference;
import dev.tapeline.server.settings.declaration.Range;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of sources that are vendors. */
public final class VendorOptions {

  /** What is always watched: symbols or keys, joined by {@code +}. */
  public static final String WATCH = "watch";

  /** A file of them, one a line. */
  public static final String WATCH_FILE = "watch-file";

  /** Of what the order book is always watched too: symbols or keys, joined by {@code +}. */
  public static final String WATCH_BOOKS = "watch-books";

  /** The address of the vendor's sockets. */
  public static final String SOCKET_URL = "socket-url";

  /** The address of the vendor's REST interface. */
  public static final String REST_URL = "rest-url";

  /** How much a vendor sends of an instrument at least. */
  public static final String MODE = "mode";

  /** The address where Dhan makes tokens. */
  public static final String AUTH_URL = "auth-url";

  /** The address of Dhan's list of instruments. */
  public static final String MASTER_URL = "master-url";

  /** Whether Dhan keeps the hours of the calendar, or none, as a simulator does. */
  public static final String HOURS = "hours";

  /** The value of {@link #HOURS} for a market that is always open. */
  public static final String ALWAYS = "always";

  /** How many levels the books of Dhan have that somebody listens to. */
  public static final String DEPTH = "depth";

  /** Whether the account's own orders at Dhan are listened to. */
  public static final String ORDERS = "orders";

  /** The user whose orders these are. */
  public static final String USER = "user";

  /** The currencies whose instruments Deribit is to list, joined by {@code +}. */
  public static final String CURRENCIES = "currencies";

  /** A file of certificates to trust besides those of Java. */
  public static final String CA_FILE = "ca-file";

  static final Set<String> COMMON =
      Set.of("name", WATCH, WATCH_FILE, WATCH_BOOKS, SOCKET_URL, REST_URL, CA_FILE);

  private VendorOptions() {}

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the one that is wrong, and how to write it
   */
  static void check(String vendor, Map<String, String> options) {
    names(options.getOrDefault(WATCH, ""));
    names(options.getOrDefault(WATCH_BOOKS, ""));
    checkAddress(vendor, options, SOCKET_URL, List.of("ws", "wss"));
    for (String option : List.of(REST_URL, AUTH_URL, MASTER_URL)) {
      checkAddress(vendor, options, option, List.of("http", "https"));
    }
    String hours = options.getOrDefault(HOURS, ALWAYS);
    if (!hours.equals(ALWAYS) && !hours.equals("calendar")) {
      throw new IllegalArgumentException(
          "hours of %s is one of calendar, always, not '%s'".formatted(vendor, hours));
    }
    String currencies = options.getOrDefault(CURRENCIES, "BTC");
    if (!currencies.matches("[A-Za-z0-9]{2,10}(\\+[A-Za-z0-9]{2,10}){0,19}")) {
      throw new IllegalArgumentException(
          "currencies of %s are codes joined by +, as in BTC+ETH, unlike '%s'"
              .formatted(vendor, currencies));
    }
    checkDepth(vendor, options.getOrDefault(DEPTH, "5"));
    checkOrders(vendor, options);
    String mode = options.get(MODE);
    if (mode != null && Range.constant(DhanMode.class, mode).isEmpty()) {
      throw new IllegalArgumentException(
          "mode of %s is one of %s, not '%s'".formatted(vendor, Range.words(DhanMode.class), mode));
    }
  }

  private static void checkDepth(String vendor, String depth) {
    if (!List.of("5", "20", "200").contains(depth)) {
      throw new IllegalArgumentException(
          "depth of %s is one of 5, 20, 200, not '%s'".formatted(vendor, depth));
    }
  }

  private static void checkOrders(String vendor, Map<String, String> options) {
    String orders = options.getOrDefault(ORDERS, "false");
    String user = options.get(USER);
    if (!orders.equals("true") && !orders.equals("false")) {
      throw new IllegalArgumentException(
          "orders of %s is true or false, not '%s'".formatted(vendor, orders));
    } else if (orders.equals("true") != (user != null)) {
      throw new IllegalArgumentException(
          "orders=true of %s needs the user who may read them, as in user=u1, and user needs orders"
              .formatted(vendor));
    } else if (user != null && !user.matches("[A-Za-z0-9._@-]{1,64}")) {
      throw new IllegalArgumentException(
          "user of %s is 1 to 64 letters, digits and . _ @ -, unlike '%s'".formatted(vendor, user));
    }
  }

  /**
   * The symbols and keys of a text, joined by {@code +}.
   *
   * @throws IllegalArgumentException naming the one that is neither
   */
  public static List<String> names(String text) {
    return Arrays.stream(text.split("\\+"))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(VendorOptions::checkedName)
        .toList();
  }

  /** The name itself, if it can be a symbol or a key. */
  public static String checkedName(String name) {
    if (!Reference.isValidPart(name) && !Reference.isValidKey(name)) {
      throw new IllegalArgumentException(
          "'%s' is neither a symbol like RELIANCE nor a key like NSE_EQ:2885".formatted(name));
    }
    return name;
  }

  private static void checkAddress(
      String vendor, Map<String, String> options, String option, List<String> schemes) {
    String text = options.get(option);
    if (text != null && !isAddress(text, schemes)) {
      throw new IllegalArgumentException(
          "%s of %s begins with %s:// and has a host, unlike '%s'"
              .formatted(option, vendor, String.join(":// or ", schemes), withoutQuery(text)));
    }
  }

  private static boolean isAddress(String text, List<String> schemes) {
    try {
      URI address = URI.create(text);
      return address.getHost() != null && schemes.contains(String.valueOf(address.getScheme()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** A query may hold a token. */
  private static String withoutQuery(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
