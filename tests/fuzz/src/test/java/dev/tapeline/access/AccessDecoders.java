package dev.tapeline.access;

import static dev.tapeline.fuzz.Findings.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.policy.PolicyException;
import dev.tapeline.access.policy.PolicyFile;
import dev.tapeline.access.policy.Verb;
import dev.tapeline.access.token.RefusedException;
import dev.tapeline.access.token.TokenKeys;
import dev.tapeline.access.token.TokenVerifier;
import dev.tapeline.core.Channel;
import dev.tapeline.fuzz.Input;
import dev.tapeline.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** What clients and operators say of who may what. */
public final class AccessDecoders {

  private static final String SECRET = "a secret that no input can have signed with";
  private static final TokenVerifier VERIFIER =
      new TokenVerifier(
          new TokenKeys.Secret(SECRET),
          new TokenVerifier.Expected(null, null, Policy.USER, TokenVerifier.SKEW),
          Clock.systemUTC());
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

  private static final PersonalChannels PERSONAL =
      PersonalChannels.of(List.of("positions:", "alerts:"));

  private AccessDecoders() {}

  /** A token that nobody has signed. */
  public static void token(Input input) {
    try {
      Identity identity = VERIFIER.verify(input.latin());
      check(false, "%s without a signature", identity);
    } catch (RefusedException e) {
      // as it should
    }
  }

  /** Claims of whoever has the secret. */
  public static void claims(Input input) {
    String token;
    try {
      JWSObject object = new JWSObject(HEADER, new Payload(input.bytes()));
      object.sign(new MACSigner(SECRET));
      token = object.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    try {
      Identity identity = VERIFIER.verify(token);
      String user = identity.subject();
      check(user == null || Channel.isValid("alerts:" + user), "a user who is no part of a name");
    } catch (RefusedException e) {
      // not claims that count
    }
  }

  /** The file of roles and keys. */
  public static void policyFile(Input input) throws IOException {
    Path file = Scratch.file(input);
    try {
      Policy policy = PolicyFile.read(file, PERSONAL);
      policy.findings();
      for (String role : policy.names()) {
        boolean _ = policy.of(Identity.anybody(role)).may(Verb.SUBSCRIBE, "positions:u1");
      }
    } catch (PolicyException e) {
      check(e.getMessage().startsWith(file.toString()), "no file in: %s", e.getMessage());
    }
  }
}
