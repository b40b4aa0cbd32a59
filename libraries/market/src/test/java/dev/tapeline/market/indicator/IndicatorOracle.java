package dev.tapeline.market.indicator;

import static org.junit.jupiter.api.Assertions.fail;

import dev.tapeline.market.SharedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bars, and what others have found out about them, from the data beside the project. */
final class IndicatorOracle {

  private IndicatorOracle() {}

  /** The bars of a CSV file; null for a row that lacks values. */
  static List<@Nullable BarValues> bars(String file) {
    List<@Nullable BarValues> bars = new ArrayList<>();
    for (String line : read(file).lines().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      bars.add(fields[1].isEmpty() ? null : bar(fields));
    }
    return bars;
  }

  private static BarValues bar(String[] fields) {
    return new BarValues()
        .prices(
            Double.parseDouble(fields[1]),
            Double.parseDouble(fields[2]),
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4]))
        .volume(Double.parseDouble(fields[5]));
  }

  /** One column of a list of JSON objects; null where the value is. */
  static List<@Nullable Double> column(String file, String name) {
    Matcher values = Pattern.compile("\"" + name + "\": ([-0-9.eE]+|null)").matcher(read(file));
    List<@Nullable Double> column = new ArrayList<>();
    while (values.find()) {
      column.add(values.group(1).equals("null") ? null : Double.valueOf(values.group(1)));
    }
    return column;
  }

  /** One column of TA-Lib's figures, by the bars that they are of; null where it has none. */
  static Map<Integer, @Nullable Double> spots(String column) {
    Map<Integer, @Nullable Double> spots = new TreeMap<>();
    try (InputStream file = IndicatorOracle.class.getResourceAsStream("talib.csv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      List<List<String>> rows = text.lines().map(line -> List.of(line.split(",", -1))).toList();
      int place = rows.getFirst().indexOf(column);
      for (List<String> row : rows.subList(1, rows.size())) {
        String value = row.get(place);
        spots.put(Integer.valueOf(row.getFirst()), value.isEmpty() ? null : Double.valueOf(value));
      }
      return spots;
    } catch (IOException e) {
      return fail(e);
    }
  }

  private static String read(String name) {
    return String.join("\n", SharedFiles.lines("indicators/" + name));
  }
}
