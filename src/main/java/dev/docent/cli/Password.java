package dev.docent.cli;

import java.security.SecureRandom;

/// A first password: 80 random bits in letters and digits that nobody confuses.
final class Password {

  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 17;
  private static final int GROUP = 6;

  private Password() {}

  static String random() {
    var random = new SecureRandom();
    var password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % GROUP == 0) {
        password.append('-');
      }
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
