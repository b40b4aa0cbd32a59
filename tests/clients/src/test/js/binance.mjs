// Binance's own client, on combined streams.
import { Console } from 'node:console'
import connector from '@binance/connector'
import { onCommand, say, url } from './harness.mjs'

const client = new connector.WebsocketStream({
  wsURL: url,
  combinedStreams: true,
  reconnectDelay: 500,
  logger: new Console(process.stderr),
  callbacks: {
    open: () => say('open'),
    close: () => say('close'),
    message: text => say('message', JSON.parse(text))
  }
})

onCommand({
  subscribe: stream => client.subscribe(stream),
  unsubscribe: stream => client.unsubscribe(stream)
})
