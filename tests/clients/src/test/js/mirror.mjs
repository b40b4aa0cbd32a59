// A mirror of channels that is told what has changed, beside a subscription that gets all of it.
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'
import { checksum, merged } from './deltas.mjs' // what the docs say

const values = new Map() // by channel
const published = new Map() // by channel and number, until both are there
const mirrored = new Map()
let losing = false

function compare ({ channel, seq }) {
  const key = channel + ' ' + seq
  if (published.has(key) && mirrored.has(key)) {
    say('compared', { channel, seq, same: published.get(key) === mirrored.get(key) })
    published.delete(key)
    mirrored.delete(key)
  }
}

function note (where, message, value) {
  where.set(message.channel + ' ' + message.seq, checksum(value))
  compare(message)
}

function take (message) {
  const { channel, seq, data, delta, crc } = message
  if (delta === undefined) values.set(channel, data)
  else if (losing) losing = false
  else values.set(channel, merged(values.get(channel), delta))
  note(mirrored, message, values.get(channel))
  if (delta !== undefined) say('changed', { channel, seq })
  if (crc !== undefined) say('checked', { channel, seq, right: crc === checksum(values.get(channel)) })
}

/** A connection with one subscription. */
function subscribe (subscription, onValue) {
  const socket = new WebSocket(url)
  const ask = () => socket.send(JSON.stringify({ action: 'subscribe', channels: [subscription] }))
  socket.onopen = ask
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (message.type === 'data' || message.type === 'snapshot') onValue(message)
    else say(message.type)
  }
  return ask
}

let ask

onCommand({
  mirror: channel => {
    subscribe({ channel }, message => note(published, message, message.data))
    ask = subscribe({ channel, delta: true }, take)
  },
  lose: () => { // the next delta
    losing = true
    say('losing')
  },
  again: () => ask()
})
