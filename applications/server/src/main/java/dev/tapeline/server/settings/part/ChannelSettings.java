package dev.tapeline.server.settings.part;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.KindRules;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The settings of the channels that the gateway serves: their kinds, and their names in Action
 * Cable.
 */
public final class ChannelSettings {

  public static final Setting<KindRules> KINDS =
      new Setting<>(
          "TAPELINE_KINDS",
          SettingKind.LIST,
          new DefaultValue.Described<>("none", ChannelRules.KINDS),
          Range.lists(
                  "PATTERN=KIND by comma, KIND one of " + Range.words(ChannelKind.class),
                  ChannelSettings::rule)
              .map(ChannelSettings::beforeBuiltIn),
          "kinds of channels. These rules go before the built-in ones");
  public static final Setting<CableMapping> CABLE_CHANNELS =
      Setting.parsed(
          "TAPELINE_CABLE_CHANNELS",
          SettingKind.LIST,
          CableMapping.BUILT_IN,
          Range.parsed(
              "CLASS=CHANNEL by comma, parameters as {symbol}, built-in among them for the"
                  + " built-in ones; or none",
              text -> CableMapping.parse(text, BuiltInChannels.CABLE)),
          "channels that the classes of Action Cable stand for");

  private ChannelSettings() {}

  private static KindRules beforeBuiltIn(List<KindRules.Rule> given) {
    List<KindRules.Rule> rules = new ArrayList<>(given);
    rules.addAll(ChannelRules.KINDS.rules());
    return new KindRules(rules);
  }

  private static KindRules.Rule rule(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + text + "' has no '='");
    }
    String kind = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
    return KindRules.Rule.of(text.substring(0, equals).strip(), ChannelKind.valueOf(kind));
  }
}
