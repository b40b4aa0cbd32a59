// A mirror of a channel that is told what has changed, beside a subscription that gets all of it.
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
  return '{' + Object.keys(value).map(name => JSON.stringify(name) + ':' + canonical(value[name])) + '}'
}

const checksum = value => crc32(canonical(value)).toString(16).padStart(8, '0')

function subscribe (subscription, onMessage) {
  const socket = new WebSocket(url)
  socket.onopen = () => socket.send(JSON.stringify({ action: 'subscribe', channels: [subscription] }))
  socket.onmessage = ({ data }) => onMessage(JSON.parse(data))
}

function mirror (channel) {
  const published = new Map()
  const mirrored = new Map()
  let value

  function compare (seq) {
    if (published.has(seq) && mirrored.has(seq)) {
      say('compared', { seq, same: published.get(seq) === mirrored.get(seq) })
    }
  }

  subscribe({ channel }, ({ type, seq, data }) => {
    if (type !== 'data') return
    published.set(seq, canonical(data))
    compare(seq)
  })
  subscribe({ channel, delta: true }, ({ seq, data, delta, crc }) => {
    if (delta !== undefined) value = merged(value, delta)
    else if (data !== undefined) value = data
    else return
    mirrored.set(seq, canonical(value))
    compare(seq)
    if (delta !== undefined) say('changed', { seq })
    if (crc !== undefined) say('checked', { seq, right: crc === checksum(value) })
  })
}

onCommand({ mirror })
