package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Sends checkpoints to a syslog server, so that what was signed is known elsewhere: RFC 5424
/// messages, facility 13 (log audit), over UDP (RFC 5426), TCP with octet counts (RFC 6587) or TLS
/// (RFC 5425). In a thread of its own; where the server is away, the newest checkpoint is sent when
/// it is back.
///
/// ```
/// <110>1 2026-11-24T18:50:11.120Z host docent 4711 checkpoint - {"note":..,"origin":..,"root":..,"size":..}
/// ```
public final class SyslogSink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5000;
  private static final long AGAIN_SECONDS = 5;

  private final URI address;
  private final InstantSource clock;
  private final SSLSocketFactory tls;
  private final BlockingQueue<SignedNote> newest = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private @Nullable Socket socket;
  private volatile Optional<String> problem = Optional.empty();

  /// @param address `udp://host:514`, `tcp://host:601` or `tls://host:6514`
  public SyslogSink(URI address, InstantSource clock) {
    this(address, clock, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /// @param tls trusts the certificates of syslog servers
  SyslogSink(URI address, InstantSource clock, SSLSocketFactory tls) {
    if (!String.valueOf(address.getScheme()).matches("udp|tcp|tls") || address.getPort() < 0) {
      throw new IllegalArgumentException("a syslog server is udp, tcp or tls://host:port");
    }
    this.address = address;
    this.clock = clock;
    this.tls = tls;
    this.thread = Thread.ofPlatform().name("audit-syslog").daemon(true).start(this::run);
  }

  /// Takes a checkpoint in the place of one that was not sent yet.
  public void send(SignedNote note) {
    while (!newest.offer(note)) {
      newest.poll();
    }
  }

  /// Why the last checkpoint was not sent; empty when it was.
  public Optional<String> problem() {
    return problem;
  }

  private void run() {
    try {
      while (true) {
        SignedNote note = newest.take();
        try {
          transmit(message(note));
          problem = Optional.empty();
        } catch (IOException e) {
          problem = Optional.of(inWords(e));
          drop();
          newest.offer(note);
          TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      drop();
    }
  }

  private String inWords(IOException e) {
    return e instanceof SSLHandshakeException
        ? "the certificate of the syslog server is not trusted, or is not one of "
            + address.getHost()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private byte[] message(SignedNote note) throws IOException {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String host = InetAddress.getLocalHost().getHostName().replaceAll("[^!-~]", "");
    String header =
        "<110>1 %s %s docent %d checkpoint - "
            .formatted(now, host.isEmpty() ? "-" : host, ProcessHandle.current().pid());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(header.getBytes(US_ASCII));
    message.write(
        CanonicalJson.write(
            Map.of(
                "origin", checkpoint.origin(),
                "size", checkpoint.size(),
                "root", Base64.getEncoder().encodeToString(checkpoint.root()),
                "note", note.format())));
    return message.toByteArray();
  }

  private void transmit(byte[] message) throws IOException {
    InetSocketAddress server = new InetSocketAddress(address.getHost(), address.getPort());
    if (address.getScheme().equals("udp")) {
      try (DatagramSocket datagrams = new DatagramSocket()) {
        datagrams.send(new DatagramPacket(message, message.length, server));
      }
      return;
    }
    Socket open = socket;
    if (open == null) {
      open = connect(server);
      socket = open;
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((message.length + " ").getBytes(UTF_8));
    frame.write(message);
    frame.writeTo(open.getOutputStream());
    open.getOutputStream().flush();
  }

  private Socket connect(InetSocketAddress server) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(server, CONNECT_MILLIS);
      return address.getScheme().equals("tcp") ? plain : secured(plain);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain) throws IOException {
    plain.setSoTimeout(CONNECT_MILLIS);
    SSLSocket secure =
        (SSLSocket) tls.createSocket(plain, address.getHost(), address.getPort(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is this host's
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private void drop() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing is left to release.
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
