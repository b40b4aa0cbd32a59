package dev.tapeline.feed.dhan.token;

/**
 * Keeps the access token of an account where the feed's source of tokens finds it. Called on the
 * thread of the feed.
 */
public interface TokenKeeper {

  /** No token is made here. */
  TokenKeeper NONE =
      new TokenKeeper() {
        @Override
        public boolean mayMake() {
          return false;
        }

        @Override
        public void keep(String token, long ends) {}
      };

  /**
   * Whether a token may be made here now. A new token ends the one before it, so only one of all
   * programs that use an account may make them.
   */
  boolean mayMake();

  /**
   * Takes a new access token, which is the one in use from now on.
   *
   * @param ends when the token ends, epoch ms; 0 if it is not known
   * @throws dev.tapeline.feed.FeedException if it could not be written, so that it ends with this
   *     process; the message does not contain it
   */
  void keep(String token, long ends);
}
