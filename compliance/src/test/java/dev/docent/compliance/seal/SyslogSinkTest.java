package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSinkTest {
  private static final SignedNote NOTE = note();

  private static SignedNote note() {
    NoteSigner signer = NoteSigner.generate("log.test/epoch-1", VerifierKey.Kind.LOG);
    String text = new Checkpoint("log.test/epoch-1", 7, new TreeHasher().leaf(new byte[0])).text();
    return new SignedNote(text, List.of(signer.sign(text, Instant.EPOCH)));
  }

  @Test
  void sendsEachCheckpointAsADatagram() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        SyslogSink sink =
            new SyslogSink(
                URI.create("udp://127.0.0.1:" + server.getLocalPort()), InstantSource.system())) {
      server.setSoTimeout(20_000);
      sink.send(NOTE);
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      server.receive(packet);
      check(new String(packet.getData(), 0, packet.getLength(), UTF_8));
    }
  }

  @Test
  void sendsTheNewestOverTcpWithItsLength() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SyslogSink sink =
            new SyslogSink(
                URI.create("tcp://127.0.0.1:" + server.getLocalPort()), InstantSource.system())) {
      server.setSoTimeout(20_000);
      sink.send(NOTE);
      try (Socket client = server.accept()) {
        checkFrame(client);
      }
    }
  }

  @Test
  void sendsOverTlsToWhomItTrustsAlone(@TempDir Path folder) throws Exception {
    SSLContext server = certified(folder, "dns:localhost,ip:127.0.0.1");
    try (ServerSocket listening = listening(server);
        SyslogSink sink = sink(listening, server)) {
      sink.send(NOTE);
      try (Socket client = listening.accept()) {
        checkFrame(client);
      }
      assertThat(sink.problem()).isEmpty();
    }
    String refusal =
        "the certificate of the syslog server is not trusted, or is not one of 127.0.0.1";
    try (ServerSocket listening = listening(server);
        SyslogSink sink = sink(listening, SSLContext.getDefault())) {
      assertThat(refused(listening, sink)).isEqualTo(refusal);
    }
    SSLContext ofAnother = certified(folder, "dns:syslog.example.org");
    try (ServerSocket listening = listening(ofAnother);
        SyslogSink sink = sink(listening, ofAnother)) {
      assertThat(refused(listening, sink)).isEqualTo(refusal);
    }
  }

  private static ServerSocket listening(SSLContext server) throws IOException {
    ServerSocket listening =
        server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.setSoTimeout(20_000);
    return listening;
  }

  private static SyslogSink sink(ServerSocket server, SSLContext trusted) {
    return new SyslogSink(
        URI.create("tls://127.0.0.1:" + server.getLocalPort()),
        InstantSource.system(),
        trusted.getSocketFactory());
  }

  /// What a sink says that a server could not shake hands with; nothing comes of it there.
  private static String refused(ServerSocket server, SyslogSink sink) throws Exception {
    sink.send(NOTE);
    try (Socket client = server.accept()) {
      client.setSoTimeout(20_000);
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    }
    Instant until = Instant.now().plusSeconds(20);
    while (sink.problem().isEmpty() && Instant.now().isBefore(until)) {
      Thread.sleep(20);
    }
    return sink.problem().orElseThrow();
  }

  /// A server with a certificate of its own for these names, which trusts, and is trusted by, it
  /// alone.
  private static SSLContext certified(Path folder, String names) throws Exception {
    Path file = folder.resolve(names.hashCode() + ".p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "syslog",
                "-keyalg",
                "EC",
                "-dname",
                "CN=syslog",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "secret".toCharArray());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("syslog", keys.getCertificate("syslog"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static void checkFrame(Socket client) throws IOException {
    client.setSoTimeout(20_000);
    StringBuilder length = new StringBuilder();
    for (int c = client.getInputStream().read(); c != ' '; c = client.getInputStream().read()) {
      length.append((char) c);
    }
    byte[] message = client.getInputStream().readNBytes(Integer.parseInt(length.toString()));
    check(new String(message, UTF_8));
  }

  private static void check(String message) {
    assertThat(message)
        .matches("(?s)<110>1 \\d{4}-\\d\\d-\\d\\dT\\S+Z \\S+ docent \\d+ checkpoint - \\{.*");
    Map<String, Object> body =
        CanonicalJson.readObject(message.substring(message.indexOf('{')).getBytes(UTF_8));
    assertThat(body).containsEntry("size", 7L).containsEntry("note", NOTE.format());
  }

  @Test
  void refusesAnAddressThatIsNone() {
    for (String address : List.of("http://h:1", "udp://h", "h:1")) {
      assertThatThrownBy(() -> new SyslogSink(URI.create(address), InstantSource.system()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
