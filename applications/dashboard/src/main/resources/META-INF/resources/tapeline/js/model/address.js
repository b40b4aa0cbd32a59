/** The addresses of the pages: what they show is in the address, so that it can be shared and bookmarked. */

const address = (page, values) => {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return `/${page}.html${query.size ? `?${query}` : ''}`;
};

/** The chart of an instrument; without a frame, the frame that was chosen last. */
export const chartAddress = (symbol, tf) => address('chart', { symbol, tf });

/** The option chain of an underlying; without an expiry, the nearest one. */
export const chainAddress = (symbol, expiry) => address('chain', { symbol, expiry });

/** A value of this page's address; empty if there is none. */
export const asked = (name) => new URL(location.href).searchParams.get(name) ?? '';

/** Puts what the page shows into its address, without another entry in the browser's history. */
export const show = (to) => history.replaceState(history.state, '', to);
