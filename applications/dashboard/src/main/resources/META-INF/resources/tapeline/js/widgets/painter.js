/**
 * A drawing that happens in an animation frame and at most so often, however often it is asked for:
 * what changes 500 times a second costs no more than what an eye can follow. A hidden page draws
 * nothing.
 */
export class Painter {
  #draw;
  #interval;
  #asked = false;
  #drawnAt = 0;

  /** The interval is the least time between two drawings in ms, 0 for each frame. */
  constructor(draw, interval = 0) {
    this.#draw = draw;
    this.#interval = interval;
  }

  /** Asks for a drawing, soon. */
  request() {
    if (this.#asked) return;
    this.#asked = true;
    const wait = this.#drawnAt + this.#interval - performance.now();
    if (wait > 0) setTimeout(() => this.#inNextFrame(), wait);
    else this.#inNextFrame();
  }

  /** Draws at once, for what must stand before something else is done with it. */
  draw() {
    this.#drawnAt = performance.now();
    this.#draw();
  }

  #inNextFrame() {
    requestAnimationFrame(() => {
      this.#asked = false;
      this.draw();
    });
  }
}
