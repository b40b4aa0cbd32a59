package dev.tapeline.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.part.FeedSetting;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {

  @Test
  void eachDeclarationIsInTheCatalogOnce() {
    Comparator<Setting<?>> byVariable = Comparator.comparing(Setting::variable);
    List<Setting<?>> declared =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(Catalog.class)
                .stream()
                .flatMap(type -> type.getFields().stream())
                .map(JavaField::reflect)
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> field.getType() == Setting.class)
                .<Setting<?>>map(CatalogTest::value)
                .sorted(byVariable)
                .toList();
    assertEquals(declared, Catalog.ALL.stream().sorted(byVariable).toList());
    assertEquals(declared.size(), Set.copyOf(declared).size());
  }

  private static Setting<?> value(Field field) {
    try {
      return (Setting<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    assertTrue(Catalog.ALL.stream().allMatch(setting -> names.add(setting.variable())));
  }

  @Test
  void fixedDefaultsReadAsTheirTexts() {
    for (Setting<?> setting : Catalog.ALL) {
      if (setting.fallback() instanceof DefaultValue.Fixed<?>(String shown, Object value)) {
        assertEquals(value, setting.range().read(new Value(setting, shown, "a test")));
      }
    }
  }

  @Test
  void secretsAreHidden() {
    Set<String> secrets =
        Set.of(
            "REDIS_URL",
            "REDIS_PASSWORD",
            "DATABASE_URL",
            "HISTORY_URL",
            "GATEWAY_API_KEY",
            "JWT_SECRET",
            "DHANHQ_CLIENT_ID",
            "DHANHQ_ACCESS_TOKEN",
            "DHANHQ_PIN",
            "DHANHQ_TOTP_SECRET");
    for (Setting<?> setting : Catalog.ALL) {
      boolean isSecret = secrets.contains(setting.variable());
      assertEquals(isSecret, new Value(setting, "hunter2", "a test").shown().equals("(hidden)"));
    }
  }

  @Test
  void theListOfFeedsHasAShortKey() {
    assertEquals(FeedSetting.FEEDS, Catalog.byKey().get("feeds"));
    assertEquals(FeedSetting.FEEDS, Catalog.byKey().get("tapeline-feeds"));
  }
}
