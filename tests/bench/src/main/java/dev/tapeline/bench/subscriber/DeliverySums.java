package dev.tapeline.bench.subscriber;

/**
 * The sums of what a group of subscribers received in the whole run, with the warm-up; written as
 * JSON in this form.
 *
 * @param undelivered publications that neither came nor were reported missing some time after the
 *     end
 */
public record DeliverySums(
    long deliveries,
    long merged,
    long missing,
    long lostBefore,
    long undelivered,
    long disorder,
    long gaps,
    long gapMessages,
    long epochs,
    long unreadable,
    long closed) {

  public static DeliverySums of(Tally tally, long undelivered) {
    return new DeliverySums(
        tally.deliveries,
        tally.merged,
        tally.missing,
        tally.lostBefore,
        undelivered,
        tally.disorder,
        tally.gaps,
        tally.gapMessages,
        tally.epochs,
        tally.unreadable,
        tally.closed);
  }

  /** Publications that were lost silently. */
  public long lost() {
    return missing + lostBefore + undelivered;
  }

  public boolean hasNoLoss() {
    return lost() == 0 && disorder == 0 && unreadable == 0;
  }
}
