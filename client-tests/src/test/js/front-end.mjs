// A front end as those of the trade@MARKET family are: it keeps what it has to say until the
// connection is open, and looks at message.data.e of whatever comes.
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'

process.on('uncaughtException', error => say('threw', { error: String(error) }))

const socket = new WebSocket(url)
const buffered = []
let open = false
let id = 1

socket.onopen = () => {
  open = true
  buffered.forEach(message => socket.send(JSON.stringify(message)))
}
socket.onmessage = event => {
  const message = JSON.parse(event.data)
  const type = message.data.e
  say(type, { stream: message.stream, data: message.data })
}
socket.onclose = () => say('closed')

function send (method, stream) {
  const message = { method, params: [stream], id: id++ }
  if (open) {
    socket.send(JSON.stringify(message))
  } else {
    buffered.push(message)
  }
}

onCommand({
  subscribe: stream => send('SUBSCRIBE', stream),
  unsubscribe: stream => send('UNSUBSCRIBE', stream)
})
