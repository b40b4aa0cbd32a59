/**
 * The rendering library, named in this one place: lit-html from its WebJar. Its modules import each
 * other by relative paths, so that no import map is needed (which the page's security policy forbids).
 */
export { html, nothing, render, svg } from '/webjars/lit-html/3.3.2/lit-html.js';
export { live } from '/webjars/lit-html/3.3.2/directives/live.js';
export { repeat } from '/webjars/lit-html/3.3.2/directives/repeat.js';
