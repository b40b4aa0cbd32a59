package dev.tapeline.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection.
 *
 * @param id its id on this node while it lasts
 * @param user null for an anonymous client, and before authentication
 * @param role null before authentication
 * @param address of the client, behind trusted proxies
 * @param agent the name that the client gives itself, shortened
 * @param since epoch milliseconds UTC
 * @param level how far it is degraded for being slow
 * @param blocked whether its socket has not taken all that was written
 * @param pending bytes that wait for the socket, outside of the kernel
 * @param frames that were written so far
 * @param messages that it has sent so far
 * @param lag publications that are here and still to be written, on all its channels
 * @param channels that it gets, by name and by pattern
 */
public record ConnectionReport(
    String id,
    @Nullable String user,
    @Nullable String role,
    String address,
    String protocol,
    String path,
    String agent,
    long since,
    String level,
    boolean blocked,
    long pending,
    long frames,
    long messages,
    long lag,
    int channels,
    List<SubscriptionReport> subscriptions) {}
