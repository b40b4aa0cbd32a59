// A plain WebSocket, npm's ws, with what a program says and does itself.
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'
import { lineTo } from './line.mjs'

const line = await lineTo(url)
let socket

/** What is told of a message: also how many lines its frame has, and all bytes until then. */
function tell (frame) {
  const lines = frame.trimEnd().split('\n')
  for (const text of lines) {
    const message = JSON.parse(text)
    say(message.type ?? 'tick', { message, lines: lines.length, received: line.received })
  }
}

function open (wanted) {
  const { path = '/ws', options = {} } = JSON.parse(wanted)
  socket = new WebSocket(new URL(path, line.url), options)
  socket.on('upgrade', ({ headers }) => say('upgraded', { extensions: headers['sec-websocket-extensions'] }))
  socket.on('message', frame => tell(String(frame)))
  socket.on('open', () => say('open'))
  socket.on('close', code => say('closed', { code }))
  socket.on('error', error => say('failed', { error: String(error) }))
}

onCommand({
  open,
  send: text => socket.send(text),
  cut: line.cut,
  mend: line.mend
})
