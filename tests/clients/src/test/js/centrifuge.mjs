// Centrifugo's client. It subscribes again, and recovers, by itself.
import { Centrifuge } from 'centrifuge'
import WebSocket from 'ws'
import { onCommand, say, token, url } from './harness.mjs'

const client = new Centrifuge(url, { token, websocket: WebSocket, minReconnectDelay: 50, maxReconnectDelay: 500 })
const subscriptions = new Map()

function subscribe (channel) {
  const subscription = client.newSubscription(channel)
  subscriptions.set(channel, subscription)
  for (const event of ['subscribing', 'subscribed', 'unsubscribed', 'publication']) {
    subscription.on(event, context => say(event, context))
  }
  subscription.on('error', ({ channel, error }) => say('error', { channel, ...error }))
  subscription.subscribe()
}

for (const event of ['connecting', 'connected', 'disconnected']) {
  client.on(event, context => say(event, context))
}
client.on('error', ({ type, error }) => say('fault', { type, ...error }))
client.connect()

onCommand({
  subscribe,
  unsubscribe: channel => {
    client.removeSubscription(subscriptions.get(channel))
    subscriptions.delete(channel)
  },
  history: channel => subscriptions.get(channel).history({ limit: 10 }).then(found => say('history', found)),
  publish: channel => client.publish(channel, { n: 1 }).then(told => say('published', told), error => say('refused', error)),
  publishSubscribed: channel => subscriptions.get(channel).publish({ n: 2 }).then(told => say('published', told)),
  disconnect: () => client.disconnect(), // the subscriptions stay, and go on where they were
  connect: () => client.connect()
})
