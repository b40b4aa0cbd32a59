/** The formats of numbers and times, as traders read them. */
const INDIAN = /^(NSE|BSE|IDX|MCX)/;
const MINUS = '\u2212';
const formats = new Map();

/** The locale of an instrument's numbers: lakhs and crores for India's, else the reader's own. */
export const localeOf = (instrument) =>
  INDIAN.test(instrument.segment ?? instrument.key ?? '') ? 'en-IN' : undefined;

function numberFormat(locale, decimals) {
  const name = `${locale}/${decimals}`;
  if (!formats.has(name)) {
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(name, new Intl.NumberFormat(locale, options));
  }
  return formats.get(name);
}

/** The number of decimals of a price as it was written, at least two. */
export function decimalsOf(price) {
  const [digits, exponent] = String(price).split('e-');
  const written = (digits.split('.')[1] ?? '').length + Number(exponent ?? 0);
  return Math.min(12, Math.max(2, written));
}

/** A price with its own decimals, or a dash. */
export function price(value, decimals, locale) {
  return value === undefined ? '\u2013' : numberFormat(locale, decimals).format(value);
}

/** A difference with its sign always shown. */
export function signed(value, decimals, locale) {
  if (value === undefined) return '\u2013';
  const size = numberFormat(locale, decimals).format(Math.abs(value));
  return sign(value) + size;
}

/** A percentage with its sign and two decimals. */
export function percent(value) {
  return value === undefined ? '\u2013' : `${signed(value, 2)}%`;
}

/** A quantity in three or four digits: `12.4L`, `1.05Cr`, `3.2M`. */
export function quantity(value, locale) {
  if (value === undefined) return '\u2013';
  const name = `${locale}/compact`;
  if (!formats.has(name)) {
    const options = { notation: 'compact', maximumSignificantDigits: 4 };
    formats.set(name, new Intl.NumberFormat(locale, options));
  }
  return formats.get(name).format(value);
}

/** A quantity in full. */
export function whole(value, locale) {
  return value === undefined ? '' : numberFormat(locale, 0).format(value);
}

/** The time of day with seconds, in the reader's zone. */
export function clock(time, withMillis = false) {
  if (!time) return '\u2013';
  const date = new Date(time);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return withMillis ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text;
}

/** A rate of messages. */
export function rate(perSecond) {
  return perSecond >= 10 || perSecond === 0 ? Math.round(perSecond).toString() : perSecond.toFixed(1);
}

/** Milliseconds, or a dash where unknown. */
export function millis(value) {
  if (value === undefined) return '\u2013';
  return value >= 10_000 ? `${Math.round(value / 1000)} s` : `${Math.round(value)} ms`;
}

function sign(value) {
  if (value > 0) return '+';
  return value < 0 ? MINUS : '';
}
