import { html } from './lib.js';

/** The makers of the charts, whom their licence asks us to name where charts are shown. */
export const chartCredit = html`<a href="https://www.tradingview.com/" target="_blank"
  rel="noopener noreferrer">Charts by TradingView Lightweight Charts\u2122</a>,
  copyright \u00a9 2025 TradingView, Inc.`;
