import * as api from '../net/admin-api.js';
import { barView, desksView, noticeView, signInView } from '../widgets/admin-view.js';
import { render } from '../widgets/lib.js';
import { onSystemTheme, toggleTheme } from '../widgets/theme.js';

const EVERY = 2_000;
const ROWS = 200;
const MOVE_SECONDS = 30;

const element = (id) => document.getElementById(id);

const state = {
  connections: null,
  channels: null,
  query: { user: '', subscribed: '', channel: '' },
  slow: false,
  sort: 'since',
  order: 'channel',
  problem: '',
};
let timer = 0;
let asked = 0;

const actions = {
  signIn(event) {
    event.preventDefault();
    api.useKey(event.target.key.value.trim());
    refresh();
  },
  forget() {
    api.useKey('');
    Object.assign(state, { connections: null, channels: null, problem: '' });
    draw();
  },
  theme() {
    toggleTheme();
    draw();
  },
  filter: (name) => (event) => {
    state.query[name] = event.target.value.trim();
    refresh();
  },
  slow(event) {
    state.slow = event.target.checked;
    refresh();
  },
  sort(name) {
    state.sort = name;
    refresh();
  },
  order(name) {
    state.order = name;
    refresh();
  },
  close(one) {
    const who = `${one.user ?? 'an anonymous client'} from ${one.address}`;
    if (confirm(`Disconnect ${who}? The client is told not to reconnect.`)) {
      act(() => api.closeOne(one.id, false));
    }
  },
  move() {
    if (confirm(`Ask all clients of this node to reconnect, spread over ${MOVE_SECONDS} s?`)) {
      act(() => api.moveAll(MOVE_SECONDS));
    }
  },
};

function draw() {
  const signedIn = api.hasKey();
  render(barView({ state, actions }), element('bar'));
  render(noticeView(state.problem), element('notice'));
  render(signedIn ? desksView({ state, actions }) : signInView(actions), element('desk'));
}

async function act(task) {
  try {
    await task();
  } catch (problem) {
    fail(problem);
  }
  refresh();
}

/** Asks now, and repeatedly while the page is visible. */
async function refresh() {
  clearTimeout(timer);
  if (!api.hasKey()) return draw();
  const turn = ++asked;
  try {
    const [connections, channels] = await Promise.all([
      api.connections(wantedConnections()),
      api.channels({ channel: state.query.channel || '*', sort: state.order, limit: ROWS }),
    ]);
    if (turn !== asked) return;
    Object.assign(state, { connections, channels, problem: '' });
  } catch (problem) {
    if (turn !== asked) return;
    fail(problem);
  }
  draw();
  if (!document.hidden) timer = setTimeout(refresh, EVERY);
}

function wantedConnections() {
  const query = { sort: state.sort, limit: ROWS, slow: state.slow };
  if (state.query.user) query.user = state.query.user;
  if (state.query.subscribed) query.channel = state.query.subscribed;
  return query;
}

function fail(problem) {
  if (problem.status === 401 || problem.status === 403) {
    api.useKey('');
    Object.assign(state, { connections: null, channels: null });
  }
  state.problem = problem.status
    ? `The server refused the request: ${problem.message}.`
    : 'The server does not answer. This page tries again every two seconds.';
}

document.addEventListener('visibilitychange', () => document.hidden || refresh());
onSystemTheme(draw);
refresh();
