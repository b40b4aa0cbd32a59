/** The page's own token, for servers that ask for one: how it is shown. */
import { openedOrKept } from '../model/opened.js';

/** What a WebSocket's subprotocol may be made of (RFC 9110): tokens are, keys need not be. */
const OFFERABLE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const token = openedOrKept('tapeline.token');

/** Whether the server has refused this page for lack of a valid token. */
export const access = { denied: false, hasToken: token !== '' };

/** The headers of a call, with the token if there is one. */
export const headers = () => (token ? { Authorization: `Bearer ${token}` } : {});

/** The subprotocols by which a WebSocket shows the token. */
export const subprotocols = () => (OFFERABLE.test(token) ? ['tapeline.token', token] : []);

/** What a WebSocket has to say first, as it can't show it before: a key with other characters. */
export const toSay = () => (token && !OFFERABLE.test(token) ? token : '');
