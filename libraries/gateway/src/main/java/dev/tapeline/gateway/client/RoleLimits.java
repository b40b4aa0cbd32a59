package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Role;
import dev.tapeline.protocols.spi.Entitlement;

/**
 * Applies the limits of a client's role, and writes its refusals to the audit log. Owned by its
 * lane.
 */
public final class RoleLimits implements Entitlement.Listener {

  private final UserSlot slot;
  private final MessageRateLimit rateLimit;
  private final Audit.OfClient audit;
  private Owner owner = Owner.NOBODY;

  public RoleLimits(UserSlot slot, MessageRateLimit rateLimit, Audit.OfClient audit) {
    this.slot = slot;
    this.rateLimit = rateLimit;
    this.audit = audit;
  }

  MessageRateLimit rateLimit() {
    return rateLimit;
  }

  /** Sets the listener, once the client exists. */
  void tell(Owner whom) {
    owner = whom;
  }

  /** The client's connection, which the limits are applied to. */
  interface Owner {

    Owner NOBODY =
        new Owner() {
          @Override
          public void onKnown() {}

          @Override
          public void onExpired() {}

          @Override
          public void onCrowded() {}
        };

    /** The client has shown a valid credential. */
    void onKnown();

    /** The client has made a request after its credential expired. */
    void onExpired();

    /** The user has reached its limit of connections, and the client was told so. */
    void onCrowded();
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
  public void onKnown(Role.Limits limits) {
    rateLimit.become(limits);
    owner.onKnown();
  }

  @Override
  public void onExpired() {
    owner.onExpired();
  }

  @Override
  public void onCrowded() {
    owner.onCrowded();
  }
}
