const BUS = 'bus';

/** The state of each source of data, as the server reports it: live, stale, down, simulated … */
export class Sources {
  #states = new Map();

  /** Takes a `status` frame. */
  update({ source, state, since }) {
    this.#states.set(source, { state, since });
  }

  /** Forgets all states: another connection tells them anew. */
  clear() {
    this.#states.clear();
  }

  /** The names of the sources that are in a state. */
  in(state) {
    return [...this.#states].filter(([, it]) => it.state === state).map(([source]) => source);
  }

  /** The states of one source and of the bus, which carries all of them; of all if the name is empty. */
  of(source) {
    const some = new Sources();
    const isOne = ([name]) => !source || name === source || name === BUS;
    some.#states = new Map([...this.#states].filter(isOne));
    return some;
  }

  has(state) {
    return this.in(state).length > 0;
  }
}
