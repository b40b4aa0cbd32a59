package dev.tapeline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Lab}, made once for all of them, or a {@link Desk} open in it. */
final class InBrowser implements ParameterResolver, AfterEachCallback {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Lab.class, Desk.class).contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Lab lab = lab(context);
    return parameter.getParameter().getType() == Lab.class ? lab : lab.visit();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean failed = context.getExecutionException().isPresent();
    List<String> errors = lab(context).clear(context.getRequiredTestMethod().getName(), failed);
    assertEquals(List.of(), errors, "errors in the page's scripts");
  }

  private static Lab lab(ExtensionContext context) {
    var store = context.getRoot().getStore(ExtensionContext.Namespace.create(InBrowser.class));
    return store.computeIfAbsent(Lab.class, type -> newLab(), Lab.class);
  }

  private static Lab newLab() {
    try {
      return new Lab();
    } catch (Exception e) {
      throw new IllegalStateException("no browser or no server", e);
    }
  }
}
