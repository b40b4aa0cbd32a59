package dev.tapeline.plant.supply;

/**
 * Decides when a source runs without a lease, for the clients of its own node alone: while Redis is
 * away, or refuses all writes. Owned by the source's thread, but for what says otherwise.
 */
final class StandInPolicy {

  private final SourceSpec spec;
  private final PlantBus bus;
  private final AsideVotes votes;
  private final Vacancy vacancy;
  private final Absence absence;

  /** What a source is to do with its run. */
  enum Step {
    NOTHING,
    /** To begin one for this node's clients. */
    BEGIN_ALONE,
    /** To end it, as another node has the lease. */
    STAND_BY,
    /** To end it, as it has gone on for long enough without a lease. */
    STOP,
    /** To go on for this node's clients. */
    GO_ON_ALONE,
    /** To go on for a moment until it has the lease. */
    WAIT_FOR_LEASE
  }

  /**
   * The present run of a source and its lease.
   *
   * @param isRunning whether there is one
   * @param hasLease whether the lease was granted and not let go; it may have run out since
   * @param isHeld whether the lease is held at this moment, by this node's own clock
   * @param isPaused whether no run may begin yet, after a failure
   */
  record Run(boolean isRunning, boolean hasLease, boolean isHeld, boolean isPaused) {}

  /**
   * @param now {@link System#nanoTime}
   */
  StandInPolicy(SourceSpec spec, PlantBus bus, AsideVotes votes, Vacancy vacancy, long now) {
    this.spec = spec;
    this.bus = bus;
    this.votes = votes;
    this.vacancy = vacancy;
    this.absence = new Absence(now);
  }

  /** Whether this node's own clients get the source while Redis is away. Any thread may ask. */
  boolean applies() {
    return spec.runsAlone() && bus.standsIn();
  }

  /**
   * Whether nothing can arrive, because the source's ticks come by Redis, which is away. Any thread
   * may ask.
   */
  boolean isCutOff() {
    return !spec.runsAlone() && !bus.isUp();
  }

  /** Whether Redis is away for the source. Any thread may ask. */
  boolean isAway() {
    return applies() && (votes.isAside() || !bus.isUp());
  }

  /** Notes that the lease was granted. */
  void granted(long now) {
    absence.allowed(now);
  }

  /** Decides what to do now, and votes on whether the node serves its clients alone. */
  Step next(Run run, long now) {
    if (!applies()) {
      return Step.NOTHING;
    }
    votes.vote(this, isRefusing(run, now));
    boolean away = isAway();
    if (!away && !vacancy.isRefused()) {
      absence.up(now);
    }
    if (away || run.isHeld()) {
      absence.allowed(now);
    }
    if (run.isRunning()) {
      return nextOfRun(run, away, now);
    }
    return away && absence.isLong(now) && !run.isPaused() ? Step.BEGIN_ALONE : Step.NOTHING;
  }

  private Step nextOfRun(Run run, boolean away, long now) {
    if (!away && !run.hasLease() && vacancy.holder() != null) {
      return Step.STAND_BY;
    }
    if (absence.isOverdue(now)) {
      return Step.STOP;
    }
    if (run.hasLease()) {
      return Step.NOTHING;
    }
    return away ? Step.GO_ON_ALONE : Step.WAIT_FOR_LEASE;
  }

  /** Whether Redis is as good as away for the feed: it is up, but refuses its writes. */
  private boolean isRefusing(Run run, long now) {
    return bus.refusesAll()
        || (vacancy.isRefused() && !run.isHeld() && (run.isRunning() || absence.isLong(now)));
  }
}
