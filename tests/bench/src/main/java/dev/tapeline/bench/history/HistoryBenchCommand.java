package dev.tapeline.bench.history;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.host.TemporaryFolder;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.database.Migrations;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.questdb.QuestdbHistory;
import dev.tapeline.store.history.sql.SqlHistory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the store of the history. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Stores ticks and bars in an embedded PostgreSQL or a QuestDB, and reads bars.",
      "Kills the embedded PostgreSQL while ticks come, and stops it for a minute. Exit code 1: an"
          + " acknowledged row is missing. The embedded data is removed at the end."
    })
public final class HistoryBenchCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Option(
      names = "--questdb",
      paramLabel = "URL",
      description = "A QuestDB server, which keeps the rows, instead of PostgreSQL.")
  private @Nullable URI questdb;

  @Option(
      names = "--ticks",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Ticks to store. Default: ${DEFAULT-VALUE}.")
  private int ticks;

  @Option(
      names = "--symbols",
      paramLabel = "N",
      defaultValue = "200",
      description = "Symbols with five days of minutes. Default: ${DEFAULT-VALUE}.")
  private int symbols;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "500",
      description = "Queries for these minutes. Default: ${DEFAULT-VALUE}.")
  private int queries;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Ticks a second meanwhile. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--away",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long the store is away. Default: ${DEFAULT-VALUE}.")
  private int away;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(ticks >= 1 && ticks <= 100_000_000, "--ticks", "1 to 100000000");
    OptionCheck.check(symbols >= 1 && symbols <= 100_000, "--symbols", "1 to 100000");
    OptionCheck.check(queries >= 2 && queries <= 1_000_000, "--queries", "2 to 1000000");
    OptionCheck.check(rate >= 1 && rate <= 100_000, "--rate", "1 to 100000");
    OptionCheck.check(away >= 1 && away <= 600, "--away", "1 to 600");
    HistoryPlan plan = new HistoryPlan(ticks, symbols, queries, rate, away);
    HistoryBenchReport report = questdb == null ? embedded(plan) : at(questdb, plan);
    output.print(report.text(), report);
    return report.isGood() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private static HistoryBenchReport at(URI questdb, HistoryPlan plan) {
    try (History history = new QuestdbHistory(questdb)) {
      HistoryRun run = new HistoryRun(history, plan);
      return new HistoryBenchReport(
          plan, "QuestDB at " + questdb.getHost(), run.ticks(), run.bars(), run.reads(), null);
    }
  }

  private static HistoryBenchReport embedded(HistoryPlan plan)
      throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        Database database = Database.embedded(folder.path(), Migrations.OF_TAPELINE)) {
      database.start();
      awaitUp(database);
      History history = new SqlHistory(database.jdbi());
      HistoryRun run = new HistoryRun(history, plan);
      return new HistoryBenchReport(
          plan,
          "the embedded PostgreSQL",
          run.ticks(),
          run.bars(),
          run.reads(),
          new FaultRun(history, plan).run());
    }
  }

  private static void awaitUp(Database database) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!database.isUp()) {
      if (System.nanoTime() > end) {
        throw new BenchException("the database is " + database.state().words());
      }
      Thread.sleep(20);
    }
  }
}
