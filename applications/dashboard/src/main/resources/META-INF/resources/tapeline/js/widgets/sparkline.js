const SAMPLE_EVERY = 1_000;
const SAMPLES = 120;
const WIDTH = 96;
const HEIGHT = 26;
const PAD = 2;

/** The course of a price since the page opened: one sample a second, the newest 120 of them. */
export class Sparkline {
  static WIDTH = WIDTH;
  static HEIGHT = HEIGHT;

  #samples = [];
  #second = 0;
  #path = '';
  #end = null;

  /** Takes a price; the newest one of each second counts. */
  add(price, now) {
    const second = Math.floor(now / SAMPLE_EVERY);
    if (second === this.#second && this.#samples.length) this.#samples.pop();
    this.#second = second;
    this.#samples.push(price);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#path = '';
  }

  /** The line as SVG path data; empty before there are two samples. */
  get path() {
    if (!this.#path && this.#samples.length > 1) this.#draw();
    return this.#path;
  }

  /** The newest sample's place, or null. */
  get end() {
    return this.path ? this.#end : null;
  }

  #draw() {
    const low = Math.min(...this.#samples);
    const span = Math.max(...this.#samples) - low || 1;
    const step = (WIDTH - 2 * PAD) / Math.max(30, this.#samples.length - 1);
    const start = WIDTH - PAD - step * (this.#samples.length - 1);
    const points = this.#samples.map((price, i) => ({
      x: start + i * step,
      y: HEIGHT - PAD - ((price - low) / span) * (HEIGHT - 2 * PAD),
    }));
    this.#path = 'M' + points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
    this.#end = points.at(-1);
  }
}
