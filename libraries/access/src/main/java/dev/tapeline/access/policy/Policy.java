package dev.tapeline.access.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The roles of clients, and the API keys that give a client a role. */
public final class Policy {

  public static final String USER = "user";
  public static final String ADMIN = "admin";

  /** The role of the {@code GATEWAY_API_KEY}. No file can change it, and no token can carry it. */
  public static final String OWNER = "owner";

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<ApiKey> keys;
  private final PersonalChannels personal;
  private final Role owning;

  /** Roles named {@code user} and {@code admin} replace the built-in ones. */
  Policy(List<Role> roles, List<ApiKey> keys, PersonalChannels personal) {
    this.roles.put(USER, Role.reading(USER));
    this.roles.put(ADMIN, Role.administering(ADMIN));
    roles.forEach(role -> this.roles.put(role.name(), role));
    this.keys = List.copyOf(keys);
    this.personal = personal;
    owning = Role.owning(OWNER, personal);
  }

  /**
   * Users and administrators may read everything but the personal channels of others;
   * administrators also administer.
   */
  public static Policy builtIn(PersonalChannels personal) {
    return new Policy(List.of(), List.of(), personal);
  }

  /** A copy of this policy with one more key, whose holder may do everything. */
  public Policy withOwnerKey(String key) {
    List<ApiKey> more = new ArrayList<>(keys);
    more.add(ApiKey.of("the owner's", key, OWNER));
    return new Policy(List.copyOf(roles.values()), more, personal);
  }

  /** Whether a token, or the default, can give a client this role. */
  public boolean has(String role) {
    return roles.containsKey(role);
  }

  /** Whether there is any API key. */
  public boolean hasKeys() {
    return !keys.isEmpty();
  }

  public List<String> names() {
    return List.copyOf(roles.keySet());
  }

  /** The permissions of a client; none if its role does not exist. */
  public Permissions of(Identity identity) {
    Role role = identity.role().equals(OWNER) ? owning : roles.get(identity.role());
    return role == null
        ? Permissions.nothing()
        : new Permissions(identity.subject(), role.rules(), role.limits(), personal);
  }

  /** Whether clients without a name may publish in this role, on any channel at all. */
  public boolean publishes(String role) {
    return roles.containsKey(role)
        && Optional.ofNullable(roles.get(role).rules().get(Verb.PUBLISH))
            .filter(rules -> !rules.bind(null).allow().isEmpty())
            .isPresent();
  }

  /** The identity that this key gives; empty if it is no key of the policy. */
  public Optional<Identity> ownerOf(String key) {
    byte[] hash = ApiKey.hash(key);
    return keys.stream().filter(one -> one.isOf(hash)).findFirst().map(ApiKey::identity);
  }

  /** The findings about rules and keys without effect, in words, for the author of the file. */
  public List<String> findings() {
    return Stream.concat(
            roles.values().stream().flatMap(role -> role.findings(personal).stream()),
            keys.stream().filter(this::isUncounted).map(Policy::uncounted))
        .toList();
  }

  /** Whether the key's role limits connections per user, although its holder has no name. */
  private boolean isUncounted(ApiKey key) {
    Identity holder = key.identity();
    return holder.subject() == null && of(holder).limits().connections().isPresent();
  }

  private static String uncounted(ApiKey key) {
    return "key %s has no subject: its connections are not limited as role %s requires"
        .formatted(key.name(), key.identity().role());
  }
}
