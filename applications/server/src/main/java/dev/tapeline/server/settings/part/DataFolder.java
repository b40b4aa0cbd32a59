package dev.tapeline.server.settings.part;

import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of what is kept on disk. It is made when something is first kept. */
public final class DataFolder {

  private static final String LAUNCHER = "tapeline";
  private static final String NAME = "data";

  /** Replaces the default, for those who pack or test the program. */
  private static final String PROPERTY = "tapeline.data";

  private static final int FROM_JAR_TO_ROOT = 4;

  public static final Setting<Path> DATA =
      new Setting<>(
          "TAPELINE_DATA",
          SettingKind.TEXT,
          new DefaultValue.Described<>(
              "`data` beside the launcher, or the state folder of the user", byDefault()),
          Range.files("a folder"),
          "folder of what is kept on disk: instrument lists, screeners, polled chains and the embedded"
              + " database. Several"
              + " nodes of a machine may share it");

  private DataFolder() {}

  private static Path byDefault() {
    String folder = System.getProperty(PROPERTY);
    return folder == null ? of(System.getenv(), program()) : Path.of(folder);
  }

  /**
   * The default: beside the launcher, if the program runs from a checkout that can be written to.
   *
   * @param program the file of the program; null if it has none
   */
  static Path of(Map<String, String> environment, @Nullable Path program) {
    Path root = program;
    for (int i = 0; root != null && i < FROM_JAR_TO_ROOT; i++) {
      root = root.getParent();
    }
    if (root != null && Files.isExecutable(root.resolve(LAUNCHER)) && Files.isWritable(root)) {
      return root.resolve(NAME);
    }
    String state = environment.get("XDG_STATE_HOME");
    return state == null || state.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", ""), ".local", "state", LAUNCHER)
        : Path.of(state, LAUNCHER);
  }

  private static @Nullable Path program() {
    CodeSource source = DataFolder.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException _) {
      return null;
    }
  }
}
