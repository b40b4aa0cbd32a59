package dev.tapeline.server.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables that Kubernetes, and links of Docker, set in each container for each service beside
 * it, such as {@code TAPELINE_SERVICE_HOST} and {@code REDIS_PORT=tcp://10.0.0.7:6379}. Some have
 * the names of settings by chance; all are ignored.
 */
public final class ServiceVariables {

  private static final Pattern NAME =
      Pattern.compile(
          "[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://\\S*");

  private ServiceVariables() {}

  /** Whether the variable describes a service, and is therefore not a setting. */
  static boolean includes(String name, String text) {
    return NAME.matcher(name).matches()
        || (name.endsWith("PORT") && ADDRESS.matcher(text).matches());
  }

  /** The ignored variables whose names are those of settings, or look like them. */
  public static List<String> ignoredIn(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(it -> includes(it.getKey(), it.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(Sources.OWN_PREFIX) || Catalog.hasVariable(name))
        .sorted()
        .toList();
  }
}
