package dev.tapeline.clients;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a class of tests where Python or pip is missing; where {@code CI=true} it runs, and fails.
 */
final class WithPython implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return WithNode.skippedIf(PythonPackages.areMissing(), "no Python 3.10 with pip on the PATH");
  }
}
