/**
 * The values that the browser keeps for this page, as JSON by name. The page works without storage,
 * too.
 */
const PREFIX = 'tapeline.';

/** The value kept under a name, or the fallback if there is none or it can't be read. */
export function recall(name, fallback) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

/** Keeps a value; returns whether the browser took it. */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
