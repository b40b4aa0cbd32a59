package dev.tapeline.chaos.history;

import java.util.List;

/**
 * The verdict on a record.
 *
 * @param findings the first ones
 * @param found how many there are in all
 * @param publications attempted
 * @param frames that carried a publication to a client
 */
public record RecordVerdict(List<BrokenLaw> findings, long found, long publications, long frames) {

  public RecordVerdict {
    findings = List.copyOf(findings);
  }

  public boolean isClean() {
    return found == 0;
  }
}
