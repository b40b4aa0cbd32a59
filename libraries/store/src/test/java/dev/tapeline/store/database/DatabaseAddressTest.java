package dev.tapeline.store.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseAddressTest {

  @Test
  void urlsOfOtherProgramsAreRead() {
    assertEquals(
        new DatabaseAddress("db:5433/plant", "u", "p@s/s", Map.of()),
        DatabaseAddress.parse("postgres://u:p%40s%2Fs@db:5433/plant"));
    assertEquals(
        new DatabaseAddress("db/plant", "u", null, Map.of()),
        DatabaseAddress.parse("postgresql://u@db/plant"));
    assertEquals(
        new DatabaseAddress("a,b:5433/plant", null, null, Map.of()),
        DatabaseAddress.parse("postgres://a,b:5433/plant"));
  }

  @Test
  void urlsOfJdbcAreRead() {
    assertEquals(
        new DatabaseAddress("db/plant", "u", "a+b", Map.of("sslmode", "verify-full")),
        DatabaseAddress.parse(
            "jdbc:postgresql://db/plant?user=u&password=a+b&sslmode=verify-full"));
  }

  @Test
  void parametersPassToTheDriver() {
    PGSimpleDataSource source =
        DatabaseAddress.parse(
                "postgres://u:p@db/plant?sslmode=verify-full&sslrootcert=/etc/ca.pem"
                    + "&connect_timeout=7&target_session_attrs=read-write")
            .source();
    assertEquals("verify-full", source.getSslMode());
    assertEquals("/etc/ca.pem", source.getSslRootCert());
    assertEquals(7, source.getConnectTimeout());
    assertEquals("primary", source.getTargetServerType());
    assertEquals("tapeline", source.getApplicationName());
    assertEquals("tapeline", source.getCurrentSchema());
    assertEquals(List.of("u", "p"), List.of(source.getUser(), source.getPassword()));
  }

  @Test
  void errorsAndTextsHideThePassword() {
    for (String url :
        List.of(
            "mysql://u:hunter2@db/plant",
            "postgres://",
            "postgres://u:hunter2/x@db/plant",
            "postgres://u:hunter2%@db/plant",
            "postgres://u:hunter2@db:port/plant",
            "postgres://u:hunter2@db/plant?sslmode",
            "hunter2")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> DatabaseAddress.parse(url), url)
              .getMessage();
      assertFalse(message.contains("hunter2"), message);
    }
    assertEquals(
        "postgres://u@db/plant", DatabaseAddress.parse("postgres://u:hunter2@db/plant").toString());
  }
}
