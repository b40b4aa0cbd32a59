import { svg } from './lib.js';

const icon = (content) => svg`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${content}</svg>`;

/** The page's icons, in the colour of the text around them. */
export const icons = {
  sun: icon(svg`<circle cx="8" cy="8" r="3"/><path d="M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13"/>`),
  moon: icon(svg`<path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z"/>`),
  search: icon(svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.6 3.6"/>`),
  close: icon(svg`<path d="m4.2 4.2 7.6 7.6M11.8 4.2l-7.6 7.6"/>`),
  grip: icon(svg`<path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01"/>`),
  up: icon(svg`<path d="m4 10 4-4 4 4"/>`),
  down: icon(svg`<path d="m4 6 4 4 4-4"/>`),
  pause: icon(svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`),
  play: icon(svg`<path d="M5 3.2v9.6L12.6 8Z"/>`),
  clear: icon(svg`<path d="M2.5 4.5h11M6 4.5V3h4v1.5M4.2 4.5l.6 9h6.4l.6-9"/>`),
  chart: icon(svg`<path d="M4.5 2.5v2M4.5 9.5v3M11.5 3.5v3M11.5 11v2.5"/><rect x="3" y="4.5" width="3" height="5" rx=".6"/><rect x="10" y="6.5" width="3" height="4.5" rx=".6"/>`),
  help: icon(svg`<circle cx="8" cy="8" r="6.3"/><path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.2M8 11.4h.01"/>`),
};
