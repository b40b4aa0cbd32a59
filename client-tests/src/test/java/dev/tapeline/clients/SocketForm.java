package dev.tapeline.clients;

/** A form of what goes over a plain WebSocket: how its program asks, and what data looks like. */
enum SocketForm {
  ACTIONS("/ws", "trade@TATA_INR", "data", "/data/data/n") {
    @Override
    String request(String verb) {
      return "{\"action\":\"%s\",\"channels\":[\"%s\"]}".formatted(verb, channel());
    }
  },
  LINES("/ws?lines=true", "trade@TATA_INR", "data", "/data/data/n") {
    @Override
    String request(String verb) {
      return ACTIONS.request(verb);
    }
  },
  ACTIONS_ON_THE_ROOT("/", "trade@TATA_INR", "data", "/data/data/n") {
    @Override
    String request(String verb) {
      return ACTIONS.request(verb);
    }
  },
  OLDER("/ws", "option-chain:NIFTY:2025-11-28", "update", "/data/data/n") {
    @Override
    String request(String verb) {
      return """
      {"type":"%s","channel":"option-chain","symbol":"NIFTY","expiry":"2025-11-28"}\
      """
          .formatted(verb);
    }
  },
  EXCHANGE("/", "trade@TATA_INR", "data", "/data/n") {
    @Override
    String request(String verb) {
      return method(verb, "trade@TATA_INR");
    }
  },
  BINANCE("/ws/0", "trade@BTCUSDT", "data", "/n") {
    @Override
    String request(String verb) {
      return method(verb, "btcusdt@trade");
    }
  },
  COMBINED("/stream", "trade@BTCUSDT", "data", "/data/n") {
    @Override
    String request(String verb) {
      return method(verb, "btcusdt@trade");
    }
  },
  /** It has no word for it: being connected is to subscribe, and closing to unsubscribe. */
  TICKS("/stream/ticks", "market:tick", "data", "/data/n") {
    @Override
    String request(String verb) {
      return "";
    }
  };

  private final String path;
  private final String channel;
  private final String event;
  private final String number;

  SocketForm(String path, String channel, String event, String number) {
    this.path = path;
    this.channel = channel;
    this.event = event;
    this.number = number;
  }

  private static String method(String verb, String stream) {
    return "{\"method\":\"%S\",\"params\":[\"%s\"],\"id\":1}".formatted(verb, stream);
  }

  /** What asks to subscribe or to unsubscribe; nothing, if there is no word for it. */
  abstract String request(String verb);

  String path() {
    return path;
  }

  String channel() {
    return channel;
  }

  /** Whether the newest value comes first. */
  boolean beginsWithTheNewest() {
    return this == OLDER;
  }

  /** How {@code socket.mjs} calls a message with data. */
  String event() {
    return event;
  }

  /** Where the number of {@link #published} is in it. */
  String number() {
    return number;
  }

  /** What is published for it: long enough to be compressed. */
  String published(int n) {
    return "{\"stream\":\"%s\",\"data\":{\"n\":%d,\"filler\":\"%s\"}}"
        .formatted(channel, n, "12,345.50 ".repeat(60));
  }
}
