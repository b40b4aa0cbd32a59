/** The native protocol's frames as this page speaks them; `docs/wire-protocol.md` describes it. */

/** A request to subscribe; each channel with its mode and options. */
export const subscribe = (channels, requestId) => ({ action: 'subscribe', channels, requestId });

/** Authenticates this page with a token or a key. */
export const auth = (token, requestId) => ({ action: 'auth', token, requestId });

/** A request to unsubscribe by name. */
export const unsubscribe = (channels, requestId) => ({ action: 'unsubscribe', channels, requestId });

/** A ping of the application's own: browsers cannot send the WebSocket's. */
export const ping = (requestId) => ({ action: 'ping', requestId });

/** A frame as an object, or null where the text is not a JSON object with a type. */
export function parseFrame(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === 'string' ? frame : null;
  } catch {
    return null;
  }
}

/**
 * The publisher's own text of a `data` or `snapshot` frame that was subscribed without stamps, where
 * `data` is the last member. Numbers keep the digits that parsing would drop. The quotes cannot
 * occur inside a JSON string unescaped, so the first match is the member itself.
 */
export function rawData(text) {
  const at = text.indexOf('"data":');
  return at < 0 ? '' : text.slice(at + 7, text.lastIndexOf('}'));
}

/** Whether a channel or pattern name covers a channel; `*` stands for any characters. */
export function covers(selector, channel) {
  if (!selector.includes('*')) return selector === channel;
  const [head, ...rest] = selector.split('*');
  const tail = rest.pop();
  if (!channel.startsWith(head) || !channel.endsWith(tail)) return false;
  const end = channel.length - tail.length;
  let at = head.length;
  for (const part of rest) {
    const found = channel.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** Whether a close code says that a new connection would be refused as well. */
export const isFinal = (closeCode) => closeCode >= 4500 && closeCode <= 4999;
