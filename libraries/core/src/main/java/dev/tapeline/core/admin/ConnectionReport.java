package dev.tapeline.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection.
 *
 * @param id its name on this node, as long as it lives
 * @param user null of anybody, and of who has yet to say
 * @param role null of who has yet to say who it is
 * @param address of the client, behind trusted proxies
 * @param agent what it calls itself, shortened
 * @param since epoch milliseconds UTC
 * @param level how far it is set back for not keeping up
 * @param blocked whether it has not taken what was written to it
 * @param pending bytes that wait for it to be taken, outside of the kernel
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
