// A plain WebSocket, npm's ws or Node's own, with what a program says and does itself.
import Ws from 'ws'
import { onCommand, say, url } from './harness.mjs'
import { lineTo } from './line.mjs'

const line = await lineTo(url)
const kinds = {
  ws: (address, options) => new Ws(address, options),
  node: address => new WebSocket(address)
}
let socket

const nameOf = message => message.type ?? ('result' in message ? 'answer' : 'data')

/** What is told of a message: also how many lines its frame has, and all bytes until then. */
function tell (frame) {
  const lines = frame.trimEnd().split('\n')
  for (const text of lines) {
    const message = JSON.parse(text)
    say(nameOf(message), { message, lines: lines.length, received: line.received })
  }
}

function open (wanted) {
  const { kind = 'ws', path = '/ws', options = {} } = JSON.parse(wanted)
  socket = kinds[kind](new URL(path, line.url), options)
  socket.on?.('upgrade', ({ headers }) => say('upgraded', { extensions: headers['sec-websocket-extensions'] }))
  socket.onopen = () => say('open', { extensions: socket.extensions })
  socket.onmessage = ({ data }) => tell(data)
  socket.onclose = ({ code }) => say('closed', { code })
  socket.onerror = ({ message }) => say('failed', { message })
}

onCommand({
  open,
  send: text => socket.send(text),
  close: () => socket.close(),
  cut: line.cut,
  mend: line.mend
})
