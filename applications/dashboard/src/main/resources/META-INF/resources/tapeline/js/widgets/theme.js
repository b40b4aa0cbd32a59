import { keep } from '../model/store.js';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** The theme in force, `dark` or `light`: the system's choice until the user makes one. */
export function currentTheme() {
  return document.documentElement.dataset.theme ?? (systemDark.matches ? 'dark' : 'light');
}

/** Switches to the other theme and keeps it for the next visit. */
export function toggleTheme() {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  keep('theme', theme);
}

/** Calls back when the system's choice changes. */
export function onSystemTheme(callback) {
  systemDark.addEventListener('change', callback);
}
