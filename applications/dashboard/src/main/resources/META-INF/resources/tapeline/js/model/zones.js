/** The time zones of exchanges. */
const INDIAN = /^(NSE|BSE|IDX|MCX)/;
const DAY = 86_400_000;

/** The zone of an instrument's exchange: India's, and UTC for all others. */
export function zoneOf(instrument) {
  return INDIAN.test(instrument.segment ?? '') ? { name: 'Asia/Kolkata', label: 'IST' } : { name: 'UTC', label: 'UTC' };
}

/** The clock of a zone that keeps one offset to UTC through each day. */
export class ZoneClock {
  zone;

  #parts;
  #offsets = new Map();

  constructor(zone) {
    this.zone = zone;
    this.#parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone.name,
      hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
  }

  /** A time as seconds since 1970 on the zone's own clock, which is what the chart shows. */
  seconds(t) {
    return Math.floor((t + this.#offset(t)) / 1000);
  }

  /** The time that the zone's clock shows as these seconds. */
  timeOf(seconds) {
    return seconds * 1000 - this.#offset(seconds * 1000);
  }

  /** The date, such as `2026-11-30`, and with 1 the hour and minute too, with 2 the second. */
  text(t, digits) {
    const { year, month, day, hour, minute, second } = this.#read(t);
    const time = ['', ` ${hour}:${minute}`, ` ${hour}:${minute}:${second}`][digits];
    return `${year}-${month}-${day}${time}`;
  }

  #offset(t) {
    const day = Math.floor(t / DAY);
    if (!this.#offsets.has(day)) this.#offsets.set(day, this.#offsetAt(t));
    return this.#offsets.get(day);
  }

  #offsetAt(t) {
    const { year, month, day, hour, minute, second } = this.#read(t);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(t / 1000) * 1000;
  }

  #read(t) {
    return Object.fromEntries(this.#parts.formatToParts(t).map(({ type, value }) => [type, value]));
  }
}
