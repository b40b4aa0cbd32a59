/** The page's own token, from its address, for servers that ask for one. */
const token = new URLSearchParams(location.search).get('token');

/** Whether the server has answered that nobody comes in who shows nothing that counts. */
export const access = { denied: false, hasToken: Boolean(token) };

/** The path, or the path with a query, with the page's token if it has one. */
export function withToken(path) {
  if (!token) return path;
  return `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}
