const BEYOND = 6;
const ACTIVE = 'active-cell';
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * A table with a window on its rows: only those in view exist, and only cells whose content changes are
 * written. So a table of 200 rows that changes ten times a second costs no more than what is seen of
 * it. All rows are equally high: as much as the element's `--row` says, in pixels.
 *
 * A column is `{name, label, title, kind}`; the kind becomes the class of its cells. A cell is
 * `{text, title, tone, bar}`: the title explains an absent figure, the tone becomes `data-tone`,
 * and the bar is a length from 0 to 1. With the arrow keys one walks from cell to cell.
 */
export class Grid {
  #element;
  #columns;
  #body;
  #drawn = new Map();
  #spare = [];
  #keys = [];
  #rowAt = () => null;
  #active = null;

  constructor(element, { columns, label }) {
    this.#element = element;
    this.#columns = columns;
    Object.assign(element, { role: 'grid', tabIndex: 0, ariaLabel: label, ariaColCount: columns.length });
    this.#body = make('div', 'grid-body', 'rowgroup');
    element.replaceChildren(this.#head(), this.#body);
    element.addEventListener('scroll', () => this.#draw(), { passive: true });
    element.addEventListener('keydown', (event) => this.#walk(event));
    element.addEventListener('blur', () => this.#activate(null));
    new ResizeObserver(() => this.#draw()).observe(element);
  }

  /**
   * Draws rows anew. Each has a key; the first one in view stays where it is, whatever comes before it.
   * `rowAt(place)` answers `{cells, mark}` and is asked for rows in view alone.
   */
  draw(keys, rowAt) {
    const shift = this.#shiftTo(keys);
    this.#keys = keys;
    this.#rowAt = rowAt;
    this.#element.ariaRowCount = keys.length + 1;
    this.#body.style.height = `${keys.length * this.#rowHeight}px`;
    if (shift) this.#element.scrollTop += shift * this.#rowHeight;
    this.#draw();
  }

  /** Brings a row into the middle. */
  center(place) {
    const rows = Math.floor(this.#element.clientHeight / this.#rowHeight) - 1;
    this.#element.scrollTop = (place - (rows >> 1)) * this.#rowHeight;
    this.#draw();
  }

  /** Whether a row is in view. */
  shows(place) {
    const top = place * this.#rowHeight;
    return top >= this.#element.scrollTop && top + 2 * this.#rowHeight <= this.#element.scrollTop + this.#element.clientHeight;
  }

  get #rowHeight() {
    return parseInt(getComputedStyle(this.#element).getPropertyValue('--row'), 10);
  }

  #head() {
    const head = make('div', 'grid-row grid-head', 'row');
    head.ariaRowIndex = 1;
    head.append(...this.#columns.map(({ label, title, kind }) => {
      const cell = make('span', kind, 'columnheader');
      Object.assign(cell, { textContent: label, title: title ?? '' });
      return cell;
    }));
    return head;
  }

  /** By how many rows the first one in view has moved. */
  #shiftTo(keys) {
    if (keys[0] === this.#keys[0] || !this.#keys.length) return 0;
    const first = Math.floor(this.#element.scrollTop / this.#rowHeight);
    const place = keys.indexOf(this.#keys[first]);
    return place < 0 ? 0 : place - first;
  }

  #draw() {
    const height = this.#rowHeight;
    const first = Math.max(0, Math.floor(this.#element.scrollTop / height) - BEYOND);
    const end = Math.min(this.#keys.length, first + Math.ceil(this.#element.clientHeight / height) + 2 * BEYOND);
    for (const [place, row] of this.#drawn) {
      if (place < first || place >= end) this.#drop(place, row);
    }
    for (let place = first; place < end; place++) this.#drawRow(place, height);
    this.#markActive();
  }

  #drop(place, row) {
    this.#drawn.delete(place);
    row.element.remove();
    this.#spare.push(row);
  }

  #drawRow(place, height) {
    const row = this.#drawn.get(place) ?? this.#place(place);
    const top = `translateY(${place * height}px)`;
    if (row.top !== top) row.element.style.transform = row.top = top;
    const { cells, mark = '' } = this.#rowAt(place);
    if (row.mark !== mark) row.element.dataset.mark = row.mark = mark;
    cells.forEach((cell, column) => write(row.cells[column], cell));
  }

  #place(place) {
    const row = this.#spare.pop() ?? this.#newRow();
    row.element.ariaRowIndex = place + 2;
    this.#body.append(row.element);
    this.#drawn.set(place, row);
    return row;
  }

  #newRow() {
    const element = make('div', 'grid-row', 'row');
    const cells = this.#columns.map(({ kind }) => newCell(kind));
    element.append(...cells.map((cell) => cell.element));
    return { element, cells, top: '', mark: '' };
  }

  #walk(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || !this.#keys.length) return;
    event.preventDefault();
    const { place, column } = this.#active ?? this.#start();
    const [down, right] = this.#active ? step : [0, 0];
    this.#activate({
      place: clamp(place + down, this.#keys.length),
      column: this.#nextShown(column, right),
    });
  }

  /** Where a walk begins: at the cell in the middle. */
  #start() {
    const { scrollTop, clientHeight } = this.#element;
    const place = clamp(Math.floor((scrollTop + clientHeight / 2) / this.#rowHeight), this.#keys.length);
    return { place, column: this.#columns.length >> 1 };
  }

  /** The next column that the width of the screen leaves room for. */
  #nextShown(column, step) {
    const cells = [...this.#drawn.values()][0]?.cells ?? [];
    let next = column + step;
    while (step && cells[next] && !cells[next].element.offsetParent) next += step;
    return cells[next] ? next : column;
  }

  #activate(cell) {
    this.#active = cell;
    if (cell && !this.shows(cell.place)) this.center(cell.place);
    else this.#markActive();
  }

  #markActive() {
    const before = this.#body.querySelector(`#${ACTIVE}`);
    const now = this.#active && this.#drawn.get(this.#active.place)?.cells[this.#active.column].element;
    if (before === (now ?? null)) return;
    before?.removeAttribute('id');
    if (now) now.id = ACTIVE;
    if (now) this.#element.setAttribute('aria-activedescendant', ACTIVE);
    else this.#element.removeAttribute('aria-activedescendant');
  }
}

function newCell(kind) {
  const element = make('span', kind, 'gridcell');
  const text = document.createTextNode('');
  element.append(text);
  return { element, text, bar: null, was: {} };
}

/** Writes what has changed of a cell. */
function write(cell, { text, title = '', tone = '', bar }) {
  const { was, element } = cell;
  if (was.text !== text) cell.text.data = text;
  if (was.title !== title) writeTitle(element, text, title);
  if (was.tone !== tone) element.dataset.tone = tone;
  if (was.bar !== bar) writeBar(cell, bar);
  cell.was = { text, title, tone, bar };
}

function writeTitle(element, text, title) {
  element.title = title;
  if (title) element.setAttribute('aria-label', `${text}, ${title}`);
  else element.removeAttribute('aria-label');
}

function writeBar(cell, length = 0) {
  cell.bar ??= cell.element.appendChild(make('i', 'length'));
  cell.bar.style.transform = `scaleX(${length.toFixed(3)})`;
}

const clamp = (place, count) => Math.max(0, Math.min(count - 1, place));

function make(tag, className, role) {
  const element = document.createElement(tag);
  element.className = className;
  if (role) element.role = role;
  return element;
}
