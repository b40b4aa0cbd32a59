package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Role;
import dev.tapeline.protocols.spi.Entitlement;

/**
 * Applies the limits of a client's role, and writes its refusals to the audit log. Owned by its
 * lane.
 */
public final class RoleLimits implements Entitlement.Enforcer {

  private final UserSlot slot;
  private final MessageRateLimit rateLimit;
  private final Audit.OfClient audit;

  public RoleLimits(UserSlot slot, MessageRateLimit rateLimit, Audit.OfClient audit) {
    this.slot = slot;
    this.rateLimit = rateLimit;
    this.audit = audit;
  }

  MessageRateLimit rateLimit() {
    return rateLimit;
  }

  @Override
  public void onRefused(String what) {
    audit.refused(what);
  }

  @Override
  public void onRejectedUntold(String what) {
    audit.untold(what);
  }

  @Override
  public Entitlement.Claim claim(Identity newest) {
    return slot.take(newest) ? Entitlement.Claim.TAKEN : Entitlement.Claim.CROWDED;
  }

  @Override
  public void apply(Role.Limits limits) {
    rateLimit.become(limits);
  }
}
