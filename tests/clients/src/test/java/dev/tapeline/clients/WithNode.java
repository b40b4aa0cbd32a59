package dev.tapeline.clients;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a class of tests where Node or npm is missing; where {@code CI=true} it runs, and fails.
 */
final class WithNode implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return skippedIf(NodePackages.areMissing(), "no node or npm on the PATH");
  }

  static ConditionEvaluationResult skippedIf(boolean missing, String why) {
    return missing && !"true".equals(System.getenv("CI"))
        ? ConditionEvaluationResult.disabled(why)
        : ConditionEvaluationResult.enabled("what its clients need is there, or has to be");
  }
}
