package dev.docent.api;

import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;

/// The token by which whoever can read the operator's file on this machine acts as the local
/// operator, who may do and read everything.
public final class OperatorToken {
  public static final String ACCOUNT = "operator";

  private static final Caller OPERATOR =
      new Caller(
          ACCOUNT, "Local operator", EnumSet.allOf(Role.class), new AccessFilter.Everything());

  private final byte[] token;

  public OperatorToken(String token) {
    if (token.length() < 32) {
      throw new IllegalArgumentException("The operator's token is too short");
    }
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  Optional<Caller> matches(String presented) {
    return MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8))
        ? Optional.of(OPERATOR)
        : Optional.empty();
  }
}
