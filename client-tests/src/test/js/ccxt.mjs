// ccxt with its Binance exchange, which knows one market and so asks nobody for them.
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

async function watch (symbol) {
  for (;;) {
    for (const { id, timestamp, side, price, amount } of await exchange.watchTrades(symbol)) {
      say('trade', { symbol, id, timestamp, side, price, amount })
    }
  }
}

onCommand({
  watch: symbol => watch(symbol).catch(error => say('failed', { error: String(error) }))
})
