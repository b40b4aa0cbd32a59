package dev.tapeline.simulate.dhan;

/** An instrument in Dhan's packets: the number of its segment, and its security id. */
public record DhanId(int segment, int securityId) {}
