// What all clients here share: they tell what happens to them by a line of JSON each on the standard
// output, and are told what to do by lines "COMMAND ARGUMENT" on the standard input. Its end ends them.
import { createInterface } from 'node:readline'

/** Where the server is: ws://HOST:PORT and a path. */
export const url = process.argv[2]

/** What the client is to show; empty for nothing. */
export const token = process.argv[3] ?? ''

export function say (event, more = {}) {
  process.stdout.write(JSON.stringify({ event, ...more }) + '\n')
}

/** Has each command, by its name, call a function with the text behind it. */
export function onCommand (commands) {
  createInterface({ input: process.stdin })
    .on('line', line => {
      const space = line.indexOf(' ')
      commands[line.slice(0, space)](line.slice(space + 1))
    })
    .on('close', () => process.exit())
}
