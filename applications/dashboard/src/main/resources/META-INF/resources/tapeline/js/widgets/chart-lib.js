/**
 * The chart library, named in this one place. Import this module with `import()`, where a chart is
 * shown, so that no other page loads it.
 */
export {
  CandlestickSeries, createChart, createSeriesMarkers, HistogramSeries, LineSeries,
} from '/webjars/lightweight-charts/5.2.1/lightweight-charts.standalone.production.mjs';
