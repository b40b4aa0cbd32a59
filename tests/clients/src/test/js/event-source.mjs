// npm's EventSource, on a line that can be cut. It comes back, and says where it was, by itself.
import { EventSource } from 'eventsource'
import { onCommand, say, url } from './harness.mjs'
import { lineTo } from './line.mjs'

const line = await lineTo(url)
let source

function subscribe (query) {
  source = new EventSource(line.url + '?' + query)
  source.onopen = () => say('open')
  source.onerror = ({ code }) => say('error', { code })
  source.addEventListener('position', ({ lastEventId }) => say('position', { lastEventId }))
  source.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    say(message.type, message)
  }
}

onCommand({
  subscribe,
  unsubscribe: () => source.close(),
  cut: line.cut,
  mend: line.mend,
  cutAfter: bytes => line.cutAfter(Number(bytes))
})
