package dev.tapeline.gateway;

import dev.tapeline.access.Identity;
import dev.tapeline.access.Role;
import dev.tapeline.gateway.protocol.Entitlement;
import java.util.function.Consumer;

/** How one client stands with the limits of its role, and with the audit log. Owned by its lane. */
final class Standing implements Entitlement.Listener {

  private final Seat seat;
  private final Allowance allowance;
  private final Consumer<String> audit;
  private Runnable onCrowded = () -> {};

  Standing(Seat seat, Allowance allowance, Consumer<String> audit) {
    this.seat = seat;
    this.allowance = allowance;
    this.audit = audit;
  }

  Allowance allowance() {
    return allowance;
  }

  /** Sets what is run when the client has been told that there is no place for it. */
  void onCrowded(Runnable task) {
    onCrowded = task;
  }

  @Override
  public void onRefused(String what) {
    audit.accept(what);
  }

  @Override
  public boolean mayBecome(Identity newest) {
    return seat.take(newest);
  }

  @Override
  public void onLimits(Role.Limits limits) {
    allowance.become(limits);
  }

  @Override
  public void onCrowded() {
    onCrowded.run();
  }
}
