package dev.tapeline.server.settings.part;

import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The name of this node: the given one, or the name of the host with 4 random characters. */
public final class NodeName {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int MAX_HOST = 59;
  private static final int RANDOM = 36 * 36 * 36 * 36;

  /** The made name, which this process keeps. */
  private static final String MADE = made();

  public static final Setting<String> NODE =
      new Setting<>(
          "TAPELINE_NODE",
          SettingKind.TEXT,
          new DefaultValue.Described<>("host name and 4 characters", MADE),
          Range.matching("[0-9A-Za-z_.-]{1,64}", "1 to 64 letters, digits and - _ ."),
          "name of this node, which no other node may have");

  private NodeName() {}

  private static String made() {
    String host = host().replaceAll("[^0-9A-Za-z_.-]", "_");
    int random = new SecureRandom().nextInt(RANDOM);
    return "%s-%4s"
        .formatted(
            host.substring(0, Math.min(host.length(), MAX_HOST)),
            Integer.toString(random, Character.MAX_RADIX))
        .replace(' ', '0');
  }

  /** The name of this machine. On Linux no name service is asked for it. */
  public static String host() {
    try {
      return Files.isReadable(HOST_NAME)
          ? Files.readString(HOST_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException _) {
      return "localhost";
    }
  }
}
