// A mirror of channels that is told what has changed, beside a subscription that gets all of it.
import { crc32 } from 'node:zlib'
import WebSocket from 'ws'
import { onCommand, say, url } from './harness.mjs'

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value)

/** RFC 7396. */
function merged (target, patch) {
  if (!isObject(patch)) return patch
  const result = isObject(target) ? { ...target } : {}
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) delete result[name]
    else result[name] = merged(result[name], change)
  }
  return result
}

/** RFC 8785. */
function canonical (value) {
  if (Array.isArray(value)) return '[' + value.map(canonical) + ']'
  if (!isObject(value)) return JSON.stringify(value)
  return '{' + Object.keys(value).sort().map(name => JSON.stringify(name) + ':' + canonical(value[name])) + '}'
}

const checksum = value => crc32(canonical(value)).toString(16).padStart(8, '0')

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
  where.set(message.channel + ' ' + message.seq, canonical(value))
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
