package dev.tapeline.store.database;

import dev.tapeline.core.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Checks a server that others run, by one connection. */
public final class DatabaseProbe {

  /** The oldest major version that its makers still correct, as of the end of 2026. */
  private static final int OLDEST = 15;

  private static final String QUESTION =
      """
      select current_setting('server_version_num')::int / 10000,
             current_setting('server_version'),
             current_setting('transaction_read_only') = 'on',
             has_database_privilege(current_database(), 'CREATE')
               or exists (select 1 from pg_namespace
                          where nspname = ? and has_schema_privilege(oid, 'CREATE')),
             current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off',
             current_setting('synchronous_standby_names') <> '',
             coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
               or inet_client_addr() is null or inet_client_addr() = inet_server_addr()
      """;

  private DatabaseProbe() {}

  /** What the server answers; only one finding if it does not. */
  public static List<Finding> check(DatabaseAddress address) {
    try (Connection connection = address.source().getConnection();
        PreparedStatement statement = connection.prepareStatement(QUESTION)) {
      statement.setString(1, address.schema());
      ResultSet row = statement.executeQuery();
      row.next();
      return List.of(
          version(row.getInt(1), row.getString(2)),
          writes(row.getBoolean(3), row.getBoolean(4), address),
          durability(row.getBoolean(5), row.getBoolean(6)),
          encryption(row.getBoolean(7)));
    } catch (SQLException e) {
      return List.of(
          Finding.fail(
              "server",
              SqlProblems.text(e, address),
              "correct DATABASE_URL, or start the server it names"));
    }
  }

  private static Finding version(int major, String text) {
    return major >= OLDEST
        ? Finding.ok("version", "PostgreSQL " + text)
        : Finding.fail(
            "version",
            "PostgreSQL %s is too old".formatted(text),
            String.format(Locale.ROOT, "use %d or newer", OLDEST));
  }

  private static Finding writes(boolean readOnly, boolean mayCreate, DatabaseAddress address) {
    if (readOnly) {
      return Finding.fail(
          "writes",
          "it takes no writes, as a standby does",
          "name the primary, or all servers with ?targetServerType=primary");
    }
    return mayCreate
        ? Finding.ok("writes", "tables can be made in the schema " + address.schema())
        : Finding.fail(
            "writes",
            "its user may not make tables in the schema " + address.schema(),
            "GRANT CREATE ON DATABASE … TO " + address.user());
  }

  private static Finding durability(boolean onDisk, boolean replicated) {
    if (!onDisk) {
      return Finding.warn(
          "durability",
          "commits are acknowledged before they are on disk",
          "set fsync and synchronous_commit to on");
    }
    return Finding.ok(
        "durability",
        replicated
            ? "commits wait for the disk and for a standby"
            : "commits wait for the disk; a standby, if there is one, may lack the newest after a"
                + " failover");
  }

  private static Finding encryption(boolean safe) {
    return safe
        ? Finding.ok("encryption", "the connection is encrypted, or stays on this machine")
        : Finding.warn(
            "encryption",
            "passwords and data cross the network in the clear",
            "add ?sslmode=verify-full, with sslrootcert, to DATABASE_URL");
  }
}
