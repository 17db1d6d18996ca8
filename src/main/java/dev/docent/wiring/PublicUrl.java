package dev.docent.wiring;

import java.net.URI;
import java.util.Locale;

/// The address that browsers reach the service at, whatever stands between.
public record PublicUrl(URI address) {
  public PublicUrl {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "%s is no address of a site, such as https://docent.example.org".formatted(address));
    }
  }

  /// Reads a setting.
  ///
  /// @throws IllegalArgumentException where it is no `http` or `https` address with a host
  public static PublicUrl of(String text) {
    return new PublicUrl(URI.create(text.strip()));
  }

  boolean encrypted() {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
