/**
 * What a page was opened with: a token in its address, which is taken out of it at once, so that it
 * stays in no history, no bookmark and no picture of the screen; and what a tab keeps, for when the
 * page is loaded again.
 */

/** The token of the address; empty without one. */
export const opened = takeFromAddress();

function takeFromAddress() {
  const address = new URL(location.href);
  const token = address.searchParams.get('token');
  if (token === null) return '';
  address.searchParams.delete('token');
  history.replaceState(history.state, '', address);
  return token;
}

/** What the tab keeps under a name. Its storage may be forbidden. */
export function kept(name) {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/** Has the tab keep something; nothing, to forget it. What can't be kept lasts as long as the page. */
export function keep(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // it lasts as long as the page
  }
}

/** The token of the address, which the tab keeps from now on, or else the one that it keeps. */
export function openedOrKept(name) {
  if (opened) keep(name, opened);
  return opened || kept(name);
}
