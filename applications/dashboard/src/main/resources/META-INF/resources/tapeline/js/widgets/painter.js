/**
 * Draws on request, in an animation frame, and no more often than at an interval. So a value that
 * changes 500 times a second costs no more than the eye can follow. A hidden page draws nothing.
 */
export class Painter {
  #draw;
  #interval;
  #asked = false;
  #drawnAt = 0;

  /** The interval is the least time between two drawings in ms; 0 draws in each frame. */
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

  /** Draws at once, for changes that the next step depends on. */
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
