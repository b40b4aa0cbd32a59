import { clock, quantity, rate } from '../model/format.js';
import { icons } from './icons.js';
import { html, nothing, repeat } from './lib.js';
import { currentTheme } from './theme.js';

const KIB = 1024;

/** The bar at the top of the page. */
export function barView({ state, actions }) {
  const { connections, channels } = state;
  return html`
    <a class="brand" href="/" aria-label="Tapeline"><img src="/favicon.svg" width="22" height="22" alt=""><span>Tapeline</span></a>
    <span class="state" data-state=${state.problem ? 'closed' : 'live'}>
      <i class="lamp" aria-hidden="true"></i><span role="status">${connections ? `Node ${connections.node}` : 'Connections'}</span>
    </span>
    ${connections ? figures(connections, channels) : nothing}
    <span class="bar-actions">
      ${connections ? html`<button class="quiet labelled" @click=${actions.move} title="Each client reconnects within 30 s, to another node if there is one">Move clients</button>
        <button class="quiet labelled" @click=${actions.forget}>Sign out</button>` : nothing}
      <button class="quiet" aria-label="Switch theme" @click=${actions.theme}>
        ${currentTheme() === 'dark' ? icons.sun : icons.moon}
      </button>
    </span>`;
}

const figures = (connections, channels) => html`<dl class="figures">
  <div><dt>Connections</dt><dd>${quantity(connections.total)}</dd></div>
  <div><dt>Channels</dt><dd>${quantity(channels?.total)}</dd></div>
</dl>`;

/** A strip under the bar while the server refuses requests or does not answer. */
export const noticeView = (problem) =>
  problem ? html`<p class="notice" data-state="closed" role="alert"><span>${problem}</span></p>` : nothing;

/** The form for a visitor who has not signed in. */
export const signInView = (actions) => html`<section class="sign-in">
  <h2>Administration</h2>
  <p>Enter the server's <code>GATEWAY_API_KEY</code>, or a token of the role <code>admin</code>. It is kept until you close this tab.</p>
  <form @submit=${actions.signIn}>
    <input type="password" name="key" aria-label="Key or token" autocomplete="off" required autofocus>
    <button class="primary">Sign in</button>
  </form>
</section>`;

/** The tables of connections and channels. */
export const desksView = ({ state, actions }) => html`${connectionsView(state, actions)} ${channelsView(state, actions)}`;

function connectionsView({ connections, query, slow, sort }, actions) {
  return html`<section class="panel" aria-label="Connections">
    <div class="panel-head">
      <h2>Connections</h2>${note(connections, 'connections')}
      <span class="filters">
        <label class="slow"><input type="checkbox" .checked=${slow} @change=${actions.slow}> Slow only</label>
        <input type="search" placeholder="User" aria-label="User" .value=${query.user} @input=${actions.filter('user')}>
        <input type="search" placeholder="Channel or pattern" aria-label="Subscribed to" .value=${query.subscribed} @input=${actions.filter('subscribed')}>
      </span>
    </div>
    ${connections?.connections.length ? html`<div class="scroll"><table>
      <thead><tr>
        <th>User</th><th>Address</th><th>Protocol</th>
        ${head('since', 'Connected', sort, actions)}<th>Subscriptions</th><th>Delivery</th>
        ${head('lag', 'Lag', sort, actions)} ${head('pending', 'Pending', sort, actions)} ${head('frames', 'Frames', sort, actions)}<th></th>
      </tr></thead>
      <tbody>${repeat(connections.connections, (one) => one.id, (one) => connectionRow(one, actions))}</tbody>
    </table></div>` : empty(connections, 'No connections match.')}
  </section>`;
}

const head = (name, label, sort, actions) => html`<th class=${name === 'since' ? '' : 'number'}>
  <button class="sort" aria-pressed=${sort === name} @click=${() => actions.sort(name)}>${label}${sort === name ? ' \u2193' : ''}</button>
</th>`;

const connectionRow = (one, actions) => html`<tr data-id=${one.id}>
  <td>${one.user ?? html`<span class="dim">anonymous</span>`} <span class="dim">${one.role ?? ''}</span></td>
  <td><div>${one.address}</div><div class="dim clip" title=${one.agent}>${one.agent}</div></td>
  <td>${one.protocol}<div class="dim">${one.path}</div></td>
  <td>${clock(one.since)}</td>
  <td>${held(one)}</td>
  <td>${one.level === 'as asked' ? html`<span class="dim">as requested</span>` : html`<span class="level">${one.level}</span>`}</td>
  <td class="number">${quantity(one.lag)}</td>
  <td class="number">${bytes(one.pending)}${one.blocked ? html`<div class="dim">blocked</div>` : nothing}</td>
  <td class="number">${quantity(one.frames)}</td>
  <td class="number"><button class="danger" @click=${() => actions.close(one)}>Disconnect</button></td>
</tr>`;

function held({ subscriptions, channels }) {
  const shown = subscriptions.slice(0, 3);
  const more = subscriptions.length - shown.length;
  return html`${shown.map((one) => html`<span class="held" title=${one.channel}>${one.channel}
      <span class="dim">${one.mode === 'latest' ? `latest${one.maxRate ? ` ${one.maxRate}/s` : ''}` : ''}</span></span>`)}
    ${more > 0 ? html`<span class="dim">and ${more} more</span>` : nothing}
    ${channels > subscriptions.length ? html`<span class="dim">${quantity(channels)} channels</span>` : nothing}`;
}

function channelsView({ channels, query, order }, actions) {
  const by = { sort: order, actions: { sort: actions.order } };
  return html`<section class="panel" aria-label="Channels">
    <div class="panel-head">
      <h2>Channels</h2>${note(channels, 'channels')}
      <span class="filters">
        <input type="search" placeholder="Name or pattern" aria-label="Name or pattern" .value=${query.channel} @input=${actions.filter('channel')}>
      </span>
    </div>
    ${channels?.channels.length ? html`<div class="scroll"><table>
      <thead><tr>
        <th>Channel</th><th>Kind</th><th class="number">Newest number</th>
        ${head('rate', 'Per second', by.sort, by.actions)} ${head('subscribers', 'Subscribers', by.sort, by.actions)} ${head('bytes', 'Memory', by.sort, by.actions)}
      </tr></thead>
      <tbody>${repeat(channels.channels, (one) => one.channel, channelRow)}</tbody>
    </table></div>` : empty(channels, 'No channels match.')}
  </section>`;
}

const channelRow = (one) => html`<tr data-channel=${one.channel}>
  <td>${one.channel}</td>
  <td>${one.kind} <span class="dim">${one.durable ? 'durable' : ''}</span></td>
  <td class="number">${one.seq.toLocaleString()}</td>
  <td class="number">${one.rate === undefined ? '\u2013' : rate(one.rate)}</td>
  <td class="number">${quantity(one.subscribers)}</td>
  <td class="number">${bytes(one.bytes)}</td>
</tr>`;

const note = (answer, rows) =>
  answer ? html`<span class="panel-note">${answer[rows].length} of ${quantity(answer.found)}</span>` : nothing;

const empty = (answer, text) => html`<p class="empty">${answer ? text : 'Loading \u2026'}</p>`;

function bytes(count) {
  if (count < KIB) return `${count} B`;
  return count < KIB * KIB ? `${Math.round(count / KIB)} KiB` : `${(count / KIB / KIB).toFixed(1)} MiB`;
}
