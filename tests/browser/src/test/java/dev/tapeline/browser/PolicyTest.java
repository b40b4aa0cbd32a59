package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The security policy of the page: it allows what the page itself does, and nothing else. */
@ExtendWith(InBrowser.class)
class PolicyTest {

  @Test
  void everythingThatThePageDoesIsAllowed(Desk desk) {
    desk.isLive();
    desk.subscribe("trade@HDFCBANK");
    assertThat(desk.messages().first()).isVisible();
    desk.search().fill("bank");
    assertThat(desk.choices().first()).isVisible();
    desk.page().keyboard().press("Escape");
    desk.page().getByLabel("Switch theme").click();
    assertEquals("polled", run(desk, "fetch('/api/v1/health/market_stream').then(() => 'polled')"));
    assertEquals(List.of(), desk.violations());
  }

  @Test
  void inlineScriptDoesNotRun(Desk desk) {
    assertEquals(
        "blocked",
        run(
            desk,
            """
            new Promise(done => {
              document.addEventListener('securitypolicyviolation', () => done('blocked'));
              const script = document.createElement('script');
              script.append('document.title = "ran"');
              document.body.append(script);
              if (document.title === 'ran') done('ran');
            })\
            """));
  }

  @Test
  void textDoesNotBecomeMarkup(Desk desk) {
    assertEquals(
        "TypeError",
        run(
            desk,
            """
            (() => { try { document.body.innerHTML = '<b>x</b>'; return 'written'; }
                     catch (e) { return e.name; } })()\
            """));
  }

  @Test
  void otherServersAreOutOfReach(Desk desk) {
    for (String call :
        new String[] {
          "fetch('http://127.0.0.2:1/')", "new WebSocket('ws://127.0.0.2:1/')", "import('data:,1')"
        }) {
      run(desk, "Promise.resolve().then(() => " + call + ").catch(() => {})");
    }
    desk.page().waitForCondition(() -> desk.violations().size() >= 3);
    assertTrue(desk.violations().stream().anyMatch(it -> it.contains("connect-src")));
  }

  private static Object run(Desk desk, String expression) {
    return desk.page().evaluate("async () => await " + expression);
  }
}
