package dev.tapeline.store.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from one schema to the next. They only add, so that nodes of two versions can use one
 * database. The first node that comes runs them; a lock in the database keeps others waiting.
 *
 * @param location the folder of their files on the class path, named {@code V1__what.sql}
 */
public record Migrations(String location) {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  /** Those of the program. */
  public static final Migrations OF_TAPELINE = new Migrations("dev/tapeline/store/migrations");

  /**
   * Runs what is missing.
   *
   * @throws SQLException if one fails; nothing of it is done then
   */
  void run(DataSource source, String schema) throws SQLException {
    try {
      MigrateResult result =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:" + location)
              .schemas(schema)
              .defaultSchema(schema)
              .createSchemas(true)
              .connectRetries(0)
              .load()
              .migrate();
      if (result.migrationsExecuted > 0) {
        log.info(
            "the tables of the database are now those of version {}", result.targetSchemaVersion);
      }
    } catch (FlywayException e) {
      throw asSql(e);
    }
  }

  private static SQLException asSql(FlywayException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return new SQLException("the migrations can't be run: " + message, problem);
  }
}
