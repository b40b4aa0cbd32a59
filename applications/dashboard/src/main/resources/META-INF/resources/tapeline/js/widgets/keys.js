const PAGES = 'g';

/**
 * Calls the action of a key, or of the key `g` and another one after it, as in `{'/': find, 'g h': chart}`: everywhere
 * but in text fields and dialogs.
 */
export function onKeys(actions) {
  let before = '';
  document.addEventListener('keydown', (event) => {
    if (!isForPage(event)) return;
    const action = actions[before + event.key];
    before = !before && event.key === PAGES ? `${PAGES} ` : '';
    if (!action && !before) return;
    event.preventDefault();
    action?.();
  });
}

function isForPage({ target, defaultPrevented, ctrlKey, metaKey, altKey }) {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return false;
  return !target.matches?.('input, textarea, select') && !document.querySelector('dialog[open]');
}
