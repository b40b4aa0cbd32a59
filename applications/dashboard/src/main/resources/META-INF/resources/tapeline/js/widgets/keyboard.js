/**
 * Listens for the page's keys and calls `actions` by name: those for the page everywhere but in
 * text fields, those for a row (`step`, `carry`, `remove`, `chart`) in the watchlist.
 */
export function listen(actions) {
  document.addEventListener('keydown', (event) => {
    const action = isTyping(event.target) ? undefined : actionFor(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionFor(event, actions) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return undefined;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && !isScrolling(event.target)) {
    return () => (event.altKey ? actions.carry(step) : actions.step(step));
  }
  return event.altKey ? undefined : plain(event, actions);
}

function plain(event, actions) {
  const inRow = event.target.closest?.('tr[data-symbol]');
  switch (event.key) {
    case '/':
      return actions.search;
    case '?':
      return actions.help;
    case 't':
      return actions.theme;
    case 'p':
      return actions.pause;
    case 'c':
      return actions.channel;
    case 'Delete':
    case 'Backspace':
      return inRow ? actions.remove : undefined;
    case 'Enter':
      return event.target.matches('tr[data-symbol]') ? actions.chart : undefined;
    default:
      return undefined;
  }
}

const isTyping = (element) => element.matches?.('input, textarea, select');

const isScrolling = (element) => element.closest?.('.messages');
