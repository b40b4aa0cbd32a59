// The client of Rails. Its channels are named by what they are created with, as JSON.
import ActionCable from '@rails/actioncable'
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'

// What it looks for in a browser.
globalThis.addEventListener = () => {}
globalThis.removeEventListener = () => {}
globalThis.document = { visibilityState: 'visible' }
ActionCable.adapters.WebSocket = WebSocket

const consumer = ActionCable.createConsumer(url)
const subscriptions = new Map()

function subscribe (name) {
  subscriptions.set(name, consumer.subscriptions.create(JSON.parse(name), {
    connected: ({ reconnected }) => say('connected', { name, reconnected }),
    disconnected: ({ willAttemptReconnect }) => say('disconnected', { name, willAttemptReconnect }),
    rejected: () => say('rejected', { name }),
    received: data => say('received', { name, data })
  }))
}

onCommand({
  subscribe,
  unsubscribe: name => subscriptions.get(name).unsubscribe(),
  perform: name => subscriptions.get(name).perform('refresh', { all: true })
})
