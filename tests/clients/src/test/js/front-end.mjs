// A front end as those of the trade@MARKET family are: it keeps what it has to say until the
// connection is open, and looks at message.data.e of whatever comes.
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'

process.on('uncaughtException', error => say('threw', { error: String(error) }))

let socket
let buffered = []
let open = false
let id = 1

/** What loading the page does. */
function load () {
  socket = new WebSocket(url)
  socket.onopen = () => {
    open = true
    buffered.forEach(message => socket.send(JSON.stringify(message)))
    buffered = []
  }
  socket.onmessage = event => {
    const message = JSON.parse(event.data)
    const type = message.data.e
    say(type, { stream: message.stream, data: message.data })
  }
  socket.onclose = () => {
    open = false
    say('closed')
  }
}

function send (method, stream) {
  const message = { method, params: [stream], id: id++ }
  if (open) {
    socket.send(JSON.stringify(message))
  } else {
    buffered.push(message)
  }
}

load()
onCommand({
  load,
  subscribe: stream => send('SUBSCRIBE', stream),
  unsubscribe: stream => send('UNSUBSCRIBE', stream)
})
