// ccxt with its Binance exchange, which knows one market and so asks nobody for them. As in ccxt's
// manual, a program asks again and again, and goes on after an error.
import { setTimeout } from 'node:timers/promises'
import ccxt from 'ccxt'
import { onCommand, say, url } from './harness.mjs'

const exchange = new ccxt.pro.binance({ newUpdates: true })
exchange.urls.api.ws.spot = url
exchange.setMarkets([{
  id: 'BTCUSDT',
  lowercaseId: 'btcusdt',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  baseId: 'BTC',
  quoteId: 'USDT',
  type: 'spot',
  spot: true,
  active: true,
  precision: { price: 0.01, amount: 0.00001 },
  limits: {},
  info: {}
}])
await exchange.loadHttpProxyAgent()

let watching = true

async function next (symbol) {
  for (const { id, timestamp, side, price, amount } of await exchange.watchTrades(symbol)) {
    say('trade', { symbol, id, timestamp, side, price, amount })
  }
}

async function watch (symbol) {
  while (watching) {
    try {
      await next(symbol)
    } catch (error) {
      say('failed', { error: error.constructor.name })
      await setTimeout(250)
    }
  }
}

async function unwatch (symbol) {
  watching = false
  await exchange.unWatchTrades(symbol)
  say('unwatched')
}

onCommand({ watch, unwatch })
