package dev.tapeline.server.nodes;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.plant.demand.DemandReport;
import dev.tapeline.plant.supply.SourceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a node about itself.
 *
 * @param startedAt epoch ms UTC, by the node's clock
 * @param ports that it listens on
 * @param draining whether it sends its clients away, as it ends
 * @param gateway null where there is none
 * @param feed the first of the sources; null where there is none
 * @param sources that it runs or stands by for
 * @param demand what its clients want to receive
 * @param leases that it holds
 * @param sameName another process that has the node's name, as a person reads it; null if there is
 *     none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeReport(
    String host,
    long pid,
    String role,
    String version,
    long startedAt,
    List<Integer> ports,
    boolean draining,
    BusReport bus,
    @Nullable GatewayReport gateway,
    @Nullable SourceReport feed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SourceReport> sources,
    DemandReport demand,
    List<String> leases,
    @Nullable String sameName) {}
