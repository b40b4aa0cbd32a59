package dev.tapeline.redis.bus;

import java.time.Duration;

/**
 * What the bus has done since its start.
 *
 * @param published publications that Redis has taken
 * @param received messages that Redis has sent, all copies counted
 * @param droppedDuplicates copies of a publication that overlapping subscriptions brought
 * @param droppedInvalidNames messages on channels whose name none can have here
 * @param refusedSubscriptions subscriptions that Redis did not allow
 * @param reconnects how often the connection came back
 * @param unanswered publications that Redis has not answered yet
 * @param lastPing how long Redis took to answer the last PING
 * @param ignoredPlain plain messages on durable channels
 * @param holes how often broadcasts of a partition were found missing, or its life changed
 * @param repaired publications that were read from a log, as their broadcast was missed
 */
public record RedisStats(
    long published,
    long received,
    long droppedDuplicates,
    long droppedInvalidNames,
    long refusedSubscriptions,
    long reconnects,
    int unanswered,
    Duration lastPing,
    long ignoredPlain,
    long holes,
    long repaired) {}
