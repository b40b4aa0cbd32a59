package dev.tapeline.feed.dhan.token;

/** Takes a new access token and keeps it where the feed's source of tokens finds it. */
@FunctionalInterface
public interface TokenSink {

  /**
   * Called on the thread of the feed.
   *
   * @param ends when the token ends, epoch ms; 0 if it is not known
   */
  void onToken(String token, long ends);
}
