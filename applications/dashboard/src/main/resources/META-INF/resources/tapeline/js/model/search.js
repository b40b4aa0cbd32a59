import { icons } from '../widgets/icons.js';
import { html, live, nothing, repeat } from '../widgets/lib.js';
import { findInstruments } from '../net/rest.js';
import { chartAddress } from './address.js';

const TYPING_PAUSE = 120;
const SHOWN = 12;

/**
 * The search for instruments: a combobox whose choices the server finds. `label` and `placeholder` say what it is for,
 * `note(instrument)` what is remarkable about a choice, and `refusal(instrument)` why it can't be
 * chosen; both are empty as a rule. `choose(instrument)` is called with the chosen one, `changed()`
 * when it is to be drawn again. Each choice has a link to its chart, as Shift + Enter does.
 */
export class Search {
  #options;
  #text = '';
  #found = [];
  #active = 0;
  #open = false;
  #message = '';
  #timer = 0;
  #asked = 0;

  constructor(options) {
    this.#options = { note: () => '', refusal: () => '', ...options };
  }

  get view() {
    const active = this.#open && this.#found.length ? `choice-${this.#active}` : nothing;
    return html`<div class="search">
      ${icons.search}
      <input id="search" type="search" role="combobox" placeholder=${this.#options.placeholder} autocomplete="off"
        spellcheck="false" maxlength="60" aria-label=${this.#options.label} aria-autocomplete="list"
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
    return html`<li id="choice-${i}" role="option" aria-selected=${i === this.#active}
        @pointerdown=${(e) => e.preventDefault()} @click=${() => this.#choose(instrument)}>
      <span class="symbol">${instrument.symbol}</span><span class="full-name">${instrument.name}</span>
      <span class="segment">${this.#options.note(instrument) || instrument.segment}</span>
      <a class="to-chart" href=${chartAddress(instrument.symbol)} tabindex="-1" title="Chart (Shift + Enter)"
        aria-label="Chart of ${instrument.symbol}" @click=${(e) => e.stopPropagation()}>${icons.chart}</a>
    </li>`;
  }

  #typed(text) {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), TYPING_PAUSE);
    this.#options.changed();
  }

  async #find() {
    this.#asked += 1;
    const ask = this.#asked;
    const found = await this.#answer();
    if (ask !== this.#asked || document.activeElement?.id !== 'search') return;
    this.#found = found.slice(0, SHOWN);
    this.#active = 0;
    this.#open = true;
    this.#options.changed();
  }

  async #answer() {
    try {
      const found = await findInstruments(this.#text.trim());
      this.#message = found.length ? this.#options.refusal(found[0]) : 'No instrument matches.';
      return found;
    } catch {
      this.#message = 'The server does not answer; try again in a moment.';
      return [];
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#open && this.#found.length) {
      this.#active = (this.#active + step + this.#found.length) % this.#found.length;
    } else if (event.key === 'Enter' && this.#open && this.#found.length) {
      const found = this.#found[this.#active];
      if (event.shiftKey) location.assign(chartAddress(found.symbol));
      else this.#choose(found);
    } else if (event.key === 'Escape') {
      this.#text = '';
      event.target.blur();
    } else {
      return;
    }
    event.preventDefault();
    this.#options.changed();
  }

  #choose(instrument) {
    const refusal = this.#options.refusal(instrument);
    if (refusal) {
      this.#message = refusal;
      return this.#options.changed();
    }
    this.#text = '';
    this.#close();
    this.#options.choose(instrument);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#open = false;
    this.#options.changed();
  }
}
