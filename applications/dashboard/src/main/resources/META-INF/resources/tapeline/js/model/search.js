import { icons } from '../widgets/icons.js';
import { html, live, nothing, repeat } from '../widgets/lib.js';
import { findInstruments } from '../net/rest.js';
import { CAPACITY } from './watchlist.js';

const TYPING_PAUSE = 120;
const SHOWN = 12;

/**
 * The search for instruments: a combobox whose choices the server finds. `add(instrument)` is called
 * with the chosen one, `changed()` when it is to be drawn again.
 */
export class Search {
  #watchlist;
  #add;
  #changed;
  #text = '';
  #found = [];
  #active = 0;
  #open = false;
  #message = '';
  #timer = 0;
  #asked = 0;

  constructor({ watchlist, add, changed }) {
    this.#watchlist = watchlist;
    this.#add = add;
    this.#changed = changed;
  }

  get view() {
    const active = this.#open && this.#found.length ? `choice-${this.#active}` : nothing;
    return html`<div class="search">
      ${icons.search}
      <input id="search" type="search" role="combobox" placeholder="Add instrument" autocomplete="off"
        spellcheck="false" maxlength="60" aria-label="Find an instrument to add" aria-autocomplete="list"
        aria-controls="choices" aria-expanded=${this.#open} aria-activedescendant=${active}
        .value=${live(this.#text)} @input=${(e) => this.#typed(e.target.value)} @keydown=${(e) => this.#key(e)}
        @focus=${(e) => this.#typed(e.target.value)} @blur=${() => this.#close()}>
      <kbd aria-hidden="true">/</kbd>
      ${this.#open ? this.#choices() : nothing}
    </div>`;
  }

  #choices() {
    return html`<div class="choices">
      <ul id="choices" role="listbox" aria-label="Instruments">
        ${repeat(this.#found, (it) => it.symbol, (it, i) => this.#choice(it, i))}
      </ul>
      ${this.#message ? html`<p class="choices-message" role="status">${this.#message}</p>` : nothing}
    </div>`;
  }

  #choice(instrument, i) {
    const there = this.#watchlist.has(instrument.symbol);
    return html`<li id="choice-${i}" role="option" aria-selected=${i === this.#active}
        @pointerdown=${(e) => e.preventDefault()} @click=${() => this.#choose(instrument)}>
      <span class="symbol">${instrument.symbol}</span><span class="full-name">${instrument.name}</span>
      <span class="segment">${there ? 'watched' : instrument.segment}</span>
    </li>`;
  }

  #typed(text) {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), TYPING_PAUSE);
    this.#changed();
  }

  async #find() {
    this.#asked += 1;
    const ask = this.#asked;
    const found = await this.#answer();
    if (ask !== this.#asked || document.activeElement?.id !== 'search') return;
    this.#found = found.slice(0, SHOWN);
    this.#active = 0;
    this.#open = true;
    this.#changed();
  }

  async #answer() {
    try {
      const found = await findInstruments(this.#text.trim());
      this.#message = found.length ? this.#fullMessage() : 'No instrument matches.';
      return found;
    } catch {
      this.#message = 'The server does not answer; try again in a moment.';
      return [];
    }
  }

  #fullMessage() {
    return this.#watchlist.full
      ? `The watchlist is full: ${CAPACITY} instruments at most. Remove one first.`
      : '';
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#open && this.#found.length) {
      this.#active = (this.#active + step + this.#found.length) % this.#found.length;
    } else if (event.key === 'Enter' && this.#open && this.#found.length) {
      this.#choose(this.#found[this.#active]);
    } else if (event.key === 'Escape') {
      this.#text = '';
      event.target.blur();
    } else {
      return;
    }
    event.preventDefault();
    this.#changed();
  }

  #choose(instrument) {
    if (this.#watchlist.full && !this.#watchlist.has(instrument.symbol)) {
      this.#message = this.#fullMessage();
      return this.#changed();
    }
    this.#text = '';
    this.#close();
    this.#add(instrument);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#open = false;
    this.#changed();
  }
}
