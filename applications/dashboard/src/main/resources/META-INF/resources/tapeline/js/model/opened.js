/**
 * The token in the page's address, and values that the tab keeps for a reload. The token is removed
 * from the address at once, so that it appears in no history, bookmark or screenshot.
 */

/** The token from the address; empty if there is none. */
export const opened = takeFromAddress();

function takeFromAddress() {
  const address = new URL(location.href);
  const token = address.searchParams.get('token');
  if (token === null) return '';
  address.searchParams.delete('token');
  history.replaceState(history.state, '', address);
  return token;
}

/** The value that the tab keeps under a name; the browser may forbid storage. */
export function kept(name) {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/**
 * Keeps a value in the tab, or forgets it if it is empty. If storage is forbidden, it lasts as long
 * as the page.
 */
export function keep(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // it lasts as long as the page
  }
}

/**
 * The token from the address, which the tab keeps from now on; without one, the token kept before.
 */
export function openedOrKept(name) {
  if (opened) keep(name, opened);
  return opened || kept(name);
}
