/** The page's colours as a canvas needs them: resolved for the theme in force. */
const TOKENS = {
  panel: '--panel', text: '--text', muted: '--muted', line: '--line', strong: '--line-strong',
  up: '--up', down: '--down', upSoft: '--up-soft', downSoft: '--down-soft', accent: '--accent', madeUp: '--made-up',
};

/** The colours by name, each as `rgb(…)`. */
export function chartColours() {
  const probe = document.createElement('i');
  document.body.append(probe);
  const read = ([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color];
  };
  const colours = Object.fromEntries(Object.entries(TOKENS).map(read));
  probe.remove();
  return colours;
}

/** The chart's options of appearance. */
export const chartLook = (colours) => ({
  layout: {
    background: { color: colours.panel },
    textColor: colours.muted,
    panes: { separatorColor: colours.line, separatorHoverColor: colours.strong },
  },
  grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
  rightPriceScale: { borderColor: colours.line },
  timeScale: { borderColor: colours.line },
  crosshair: {
    vertLine: { color: colours.muted, labelBackgroundColor: colours.muted },
    horzLine: { color: colours.muted, labelBackgroundColor: colours.muted },
  },
});

/** Candles: those that rise are hollow, those that fall filled, so that colour never speaks alone. */
export const candleLook = (colours) => ({
  upColor: colours.panel,
  borderUpColor: colours.up,
  wickUpColor: colours.up,
  downColor: colours.down,
  borderDownColor: colours.down,
  wickDownColor: colours.down,
  priceLineColor: colours.muted,
});
