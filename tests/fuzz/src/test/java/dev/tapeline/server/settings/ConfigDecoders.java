package dev.tapeline.server.settings;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.fuzz.Scratch;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Value;
import java.io.IOException;
import java.nio.file.Path;

/** What operators write. */
public final class ConfigDecoders {

  private ConfigDecoders() {}

  /** The file of settings; what it names is not opened. */
  public static void settingsFile(Input input) throws IOException {
    Path file = Scratch.file(input);
    try {
      for (Value value : YamlFile.read(file)) {
        check(value.source().startsWith(file + " line "), "no place of %s", value.setting().key());
        check(Catalog.ALL.contains(value.setting()), "no setting: %s", value.setting().key());
      }
    } catch (ConfigException e) {
      check(e.getMessage().contains(file.toString()), "no file in: %s", e.getMessage());
    }
  }
}
