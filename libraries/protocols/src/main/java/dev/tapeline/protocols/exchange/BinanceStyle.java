package dev.tapeline.protocols.exchange;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;

/**
 * The protocol of Binance's streams: the path names them, and {@code method} verbs change them; see
 * {@link StreamPath}.
 */
public final class BinanceStyle implements Protocol {

  static final String NAME = "binance";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(String path) {
    return StreamPath.isKnown(path);
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new VerbConversation(context, StreamPath.dialect(opening));
  }
}
