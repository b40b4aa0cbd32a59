package dev.tapeline.plant.demand;

import dev.tapeline.market.chain.study.ChainDemand;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Channels;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * An option chain is wanted while anybody wants one of its channels, its state in the cache, or the
 * volatility index of its underlying, which is made of chains.
 *
 * @param wanted tells of a channel whether anybody wants it
 */
public record WantedChains(Predicate<String> wanted) implements ChainDemand {

  @Override
  public BooleanSupplier of(ChainKey chain) {
    String expiry = chain.expiry().toString();
    String list = Channels.optionChain(chain.underlying(), expiry);
    String rows = Channels.chainRows(chain.underlying(), expiry);
    String state = Channels.chainStateWish(chain.underlying(), expiry);
    String index = Channels.volatilityIndex(chain.underlying());
    return () -> wanted.test(list) || wanted.test(rows) || wanted.test(state) || wanted.test(index);
  }
}
