package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.NewCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {
  @ParameterizedTest(name = "behind TLS: {0}, over TLS: {1}")
  @CsvSource({"false, false, false", "false, true, true", "true, false, true", "true, true, true"})
  void isSentOverTlsAloneWhereTheBrowserSpeaksIt(boolean behindTls, boolean tls, boolean secure) {
    SessionCookie cookie = new SessionCookie(behindTls);
    assertThat(cookie.opening("secret", tls).isSecure()).isEqualTo(secure);
    assertThat(cookie.closing(tls).isSecure()).isEqualTo(secure);
  }

  @Test
  void isOfThisSiteAloneAndHiddenFromScripts() {
    NewCookie cookie = new SessionCookie(true).opening("secret", false);
    assertThat(cookie.getValue()).isEqualTo("secret");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.STRICT);
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(new SessionCookie(true).closing(false).getMaxAge()).isZero();
  }
}
