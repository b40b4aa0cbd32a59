/** What the browser keeps for this page, as JSON by name; a browser that keeps nothing is fine. */
const PREFIX = 'tapeline.';

/** The value kept under a name, or the fallback where there is none that can be read. */
export function recall(name, fallback) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

/** Keeps a value; answers whether the browser took it. */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
