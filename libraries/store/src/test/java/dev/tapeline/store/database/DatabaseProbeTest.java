package dev.tapeline.store.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import dev.tapeline.store.PostgresForTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

  private static List<Finding> check(String url) {
    return DatabaseProbe.check(DatabaseAddress.parse(url));
  }

  @Test
  void aServerAsItShouldBeIsFine() {
    List<Finding> findings = check(PostgresForTests.newDatabase());
    assertEquals(
        List.of("version", "writes", "durability", "encryption"),
        findings.stream().map(Finding::subject).toList());
    assertTrue(findings.stream().allMatch(it -> it.level() == Level.OK), findings::toString);
  }

  @Test
  void aServerThatTakesNoWritesFails() {
    String readOnly = "?options=-c%20default_transaction_read_only=on";
    Finding writes = check(PostgresForTests.newDatabase() + readOnly).get(1);
    assertEquals(Level.FAIL, writes.level());
    assertEquals("it takes no writes, as a standby does", writes.text());
  }

  @Test
  void aServerThatLosesCommitsIsDoubtful() {
    Finding durability =
        check(PostgresForTests.newDatabase() + "?options=-c%20synchronous_commit=off").get(2);
    assertEquals(Level.WARN, durability.level());
  }

  @Test
  void aServerThatRefusesIsNamedWithoutThePassword() {
    String url = PostgresForTests.newDatabase().replaceFirst(":[^:@]+@", ":hunter2@");
    List<Finding> findings = check(url);
    assertEquals(1, findings.size());
    assertTrue(findings.getFirst().text().contains("the password of user tapeline is refused"));
    assertFalse(findings.toString().contains("hunter2"));
  }
}
