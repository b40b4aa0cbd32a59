// A TCP line between a client and the server: it counts the bytes that come, and can be cut.
import { connect, createServer } from 'node:net'

/** A line to the server of a URL. Its own `url` is the same, but for the port. */
export async function lineTo (url) {
  const { hostname, port } = new URL(url)
  const line = { received: 0, url: '', cut, cutAfter, mend }
  const ends = new Set()
  let whole = true
  let left = Infinity

  function cut () {
    whole = false
    ends.forEach(end => end.resetAndDestroy())
  }

  function mend () {
    whole = true
  }

  /** Lets some more bytes of the server pass, and then breaks the connection where it is. */
  function cutAfter (bytes) {
    left = bytes
  }

  function pass (bytes, near) {
    line.received += bytes.length
    near.write(bytes.subarray(0, left))
    left -= bytes.length
    if (left <= 0) {
      left = Infinity
      near.end()
    }
  }

  function join (end, other) {
    ends.add(end)
    end.on('error', () => {}) // it closes, too
    end.on('close', () => {
      ends.delete(end)
      other.end()
    })
  }

  const listener = createServer(near => {
    if (!whole) return near.destroy()
    const far = connect(port, hostname)
    join(near, far)
    join(far, near)
    near.pipe(far)
    far.on('data', bytes => pass(bytes, near))
  })
  await new Promise(resolve => listener.listen(0, '127.0.0.1', resolve))
  line.url = url.replace(port, listener.address().port)
  return line
}
