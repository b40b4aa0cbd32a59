/** The page's token, and how it is shown to a server that needs one. */
import { openedOrKept } from '../model/opened.js';

/**
 * The characters that a WebSocket subprotocol may have (RFC 9110). Tokens have no others; keys may.
 */
const OFFERABLE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const token = openedOrKept('tapeline.token');

/** Whether the server has refused this page for lack of a valid token. */
export const access = { denied: false, hasToken: token !== '' };

/** The headers of a call, with the token if there is one. */
export const headers = () => (token ? { Authorization: `Bearer ${token}` } : {});

/** The subprotocols by which a WebSocket shows the token. */
export const subprotocols = () => (OFFERABLE.test(token) ? ['tapeline.token', token] : []);

/**
 * The key that a WebSocket has to send first, because its characters can't be in a subprotocol;
 * empty if none.
 */
export const toSay = () => (token && !OFFERABLE.test(token) ? token : '');
