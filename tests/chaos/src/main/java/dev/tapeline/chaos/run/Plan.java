package dev.tapeline.chaos.run;

import dev.tapeline.chaos.fault.Store;
import java.nio.file.Path;

/**
 * The plan of the runs.
 *
 * @param seed of the first schedule; each further one has the next number
 * @param schedules how many
 * @param parallel on how many stands at the same time
 * @param nodes on one Redis
 * @param kind of that Redis
 * @param durable whether there are channels with a log
 * @param persists whether Redis keeps its data over a crash
 * @param kept where the records of broken laws are put
 * @param keepsAll whether the other records are put there too
 */
public record Plan(
    long seed,
    int schedules,
    int parallel,
    int nodes,
    Store.Kind kind,
    boolean durable,
    boolean persists,
    Path kept,
    boolean keepsAll) {}
