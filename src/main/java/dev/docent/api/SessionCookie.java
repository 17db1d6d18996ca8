package dev.docent.api;

import jakarta.ws.rs.core.NewCookie;

/// The cookie that a signed-in browser is known by. It is sent over TLS alone where the browser
/// speaks TLS: to the service, which sees it, or to a proxy before it, which the settings state.
/// What a request says of a proxy is not believed.
///
/// @param behindTls whether browsers reach the service through TLS that ends before it
public record SessionCookie(boolean behindTls) {
  NewCookie opening(String secret, boolean tls) {
    return cookie(secret, NewCookie.DEFAULT_MAX_AGE, tls);
  }

  /// Takes it from the browser.
  NewCookie closing(boolean tls) {
    return cookie("", 0, tls);
  }

  private NewCookie cookie(String value, int maxAge, boolean tls) {
    return new NewCookie.Builder(RequestGate.COOKIE)
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(tls || behindTls)
        .sameSite(NewCookie.SameSite.STRICT)
        .maxAge(maxAge)
        .build();
  }
}
