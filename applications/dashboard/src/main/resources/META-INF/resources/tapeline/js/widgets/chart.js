import { CandlestickSeries, createChart, createSeriesMarkers, HistogramSeries, LineSeries } from './chart-lib.js';
import { candleLook, chartColours, chartLook } from './chart-colours.js';

const BAR_WIDTH = 9;
const EARLY = 20;
const RSI_PANE = 1;
const RSI_LEVELS = [30, 70];

/**
 * The drawing of bars with their volume, one moving average, and an oscillator from 0 to 100 in a pane below. It
 * draws only when it is given something. Times are those of the exchange's clock. Calls `onLook(t)`
 * with the time of the bar under the pointer, or null, and `onEarly()` when the user nears the first bar.
 */
export class Chart {
  #chart;
  #clock;
  #colours = chartColours();
  #candles;
  #volumes;
  #average;
  #oscillator = null;
  #marks;
  #walkedTo = null;

  constructor(element, { clock, onLook, onEarly }) {
    this.#clock = clock;
    this.#chart = createChart(element, { autoSize: true, ...this.#look() });
    this.#chart.subscribeCrosshairMove(({ time }) => onLook(time === undefined ? null : clock.timeOf(time)));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => range && range.from < EARLY && onEarly());
    this.#candles = this.#chart.addSeries(CandlestickSeries, candleLook(this.#colours));
    this.#volumes = this.#addVolumes();
    this.#average = this.#addLine(this.#colours.accent);
    this.#marks = createSeriesMarkers(this.#candles);
  }

  /** Draws what has changed of bars, as `Bars.takeChanges` tells it. */
  drawBars({ whole, bars }, all) {
    if (whole) this.#setBars(all);
    else for (const bar of bars) this.#update(bar, bar === all.at(-1));
    if (whole || bars.length) this.#mark(all);
  }

  drawAverage(changes, all) {
    draw(this.#average, changes, all, this.#point);
  }

  drawOscillator(changes, all) {
    if (!all.length && !this.#oscillator) return;
    this.#oscillator ??= this.#addOscillator();
    draw(this.#oscillator, changes, all, this.#point);
  }

  /** The newest bars, as many as fit well. */
  showNewest(count) {
    const shown = Math.round(this.#chart.timeScale().width() / BAR_WIDTH);
    this.#chart.timeScale().setVisibleLogicalRange({ from: count - shown, to: count + 3 });
  }

  /** Writes prices with so many decimals. */
  writePrices(decimals, write) {
    const priceFormat = { type: 'custom', minMove: 10 ** -decimals, formatter: write };
    this.#candles.applyOptions({ priceFormat });
    this.#average.applyOptions({ priceFormat });
  }

  /** Writes times at the axis: dates alone, with 1 the time of day too, with 2 its seconds. */
  writeTimes(digits) {
    this.#chart.applyOptions({ timeScale: { timeVisible: digits > 0, secondsVisible: digits > 1 } });
  }

  /** Puts the cross on a bar, for the keyboard. */
  lookAt(bar) {
    this.#walkedTo = bar;
    this.#chart.setCrosshairPosition(bar.c, this.#clock.seconds(bar.t), this.#candles);
  }

  lookAway() {
    this.#walkedTo = null;
    this.#chart.clearCrosshairPosition();
  }

  /** Widens or narrows what is seen; more than 1 shows more bars. */
  zoom(by) {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range) scale.setVisibleLogicalRange({ from: range.to - (range.to - range.from) * by, to: range.to });
  }

  /** Takes the colours of the theme in force. */
  recolour(all) {
    this.#colours = chartColours();
    this.#chart.applyOptions(this.#look());
    this.#candles.applyOptions(candleLook(this.#colours));
    this.#average.applyOptions({ color: this.#colours.accent });
    this.#oscillator?.applyOptions({ color: this.#colours.madeUp });
    this.#volumes.setData(all.map(this.#volume));
    this.#mark(all);
  }

  /** Frees the element. */
  remove() {
    this.#chart.remove();
  }

  #look() {
    const { layout, timeScale, ...look } = chartLook(this.#colours);
    const fontFamily = getComputedStyle(document.body).fontFamily;
    return {
      ...look,
      layout: { ...layout, fontFamily, fontSize: 12, attributionLogo: false },
      timeScale: { ...timeScale, rightOffset: 4 },
    };
  }

  #addVolumes() {
    const volumes = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: '', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false,
    });
    volumes.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    return volumes;
  }

  #addLine(color, pane = 0, more = {}) {
    const options = { color, lineWidth: 1, priceLineVisible: false, crosshairMarkerVisible: false, ...more };
    return this.#chart.addSeries(LineSeries, options, pane);
  }

  #addOscillator() {
    const percents = { type: 'custom', minMove: 0.1, formatter: (value) => value.toFixed(1) };
    const autoscaleInfoProvider = () => ({ priceRange: { minValue: 0, maxValue: 100 } });
    const line = this.#addLine(this.#colours.madeUp, RSI_PANE, { priceFormat: percents, autoscaleInfoProvider });
    line.priceScale().applyOptions({ scaleMargins: { top: 0.05, bottom: 0.05 } });
    for (const price of RSI_LEVELS) {
      line.createPriceLine({ price, color: this.#colours.strong, lineWidth: 1, lineStyle: 2, axisLabelVisible: false });
    }
    this.#chart.panes()[0].setStretchFactor(4);
    this.#chart.panes()[RSI_PANE].setStretchFactor(1);
    return line;
  }

  #setBars(all) {
    this.#candles.setData(all.map(this.#candle));
    this.#volumes.setData(all.map(this.#volume));
  }

  #update(bar, isNewest) {
    this.#candles.update(this.#candle(bar), !isNewest);
    this.#volumes.update(this.#volume(bar), !isNewest);
    if (this.#walkedTo?.t === bar.t) this.lookAt(bar);
  }

  /** A circle over each bar whose beginning nobody saw. */
  #mark(all) {
    const marks = all.filter((bar) => bar.partial).map((bar) => ({
      time: this.#clock.seconds(bar.t), position: 'aboveBar', shape: 'circle', color: this.#colours.muted, size: 0.6,
    }));
    this.#marks.setMarkers(marks);
  }

  #candle = (bar) => ({ time: this.#clock.seconds(bar.t), open: bar.o, high: bar.h, low: bar.l, close: bar.c });

  /** Nothing but the time where the volume is unknown, as that of an index. */
  #volume = (bar) => {
    const time = this.#clock.seconds(bar.t);
    if (typeof bar.v !== 'number') return { time };
    return { time, value: bar.v, color: bar.c >= bar.o ? this.#colours.upSoft : this.#colours.downSoft };
  };

  #point = ({ t, value }) => ({ time: this.#clock.seconds(t), value });
}

function draw(line, { whole, bars }, all, toPoint) {
  if (whole) line.setData(all.map(toPoint));
  else for (const point of bars) line.update(toPoint(point), point !== all.at(-1));
}
