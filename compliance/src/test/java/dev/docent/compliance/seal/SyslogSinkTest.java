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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        client.setSoTimeout(20_000);
        StringBuilder length = new StringBuilder();
        for (int c = client.getInputStream().read(); c != ' '; c = client.getInputStream().read()) {
          length.append((char) c);
        }
        byte[] message = client.getInputStream().readNBytes(Integer.parseInt(length.toString()));
        check(new String(message, UTF_8));
      }
    }
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
