/**
 * A drawing that happens at most once a frame, however often it is asked for, so that 500 updates a
 * second cost no more than 60. A hidden page draws nothing.
 */
export class Painter {
  #draw;
  #asked = false;

  constructor(draw) {
    this.#draw = draw;
  }

  /** Asks for a drawing in the next frame. */
  request() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }
}
