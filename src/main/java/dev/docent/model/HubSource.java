package dev.docent.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The publisher's own repository on the model hub, by HTTP with ranges.
final class HubSource implements ModelSource {
  private final URI address;
  private final Duration timeout;
  private final CatalogModel model;

  HubSource(URI hub, Duration timeout, CatalogModel model) {
    this.address =
        URI.create(
            "%s/%s/resolve/main/%s"
                .formatted(hub.toString().replaceAll("/+$", ""), model.hub(), model.file()));
    this.timeout = timeout;
    this.model = model;
  }

  @Override
  public String name() {
    return address.getHost();
  }

  @Override
  public void fetch(Path part, ModelProgress progress)
      throws IOException, InterruptedException, Unavailable {
    long held = Files.exists(part) ? Files.size(part) : 0;
    if (held == model.bytes()) {
      return;
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response = send(client, held);
      try (InputStream in = response.body()) {
        switch (response.statusCode()) {
          case 206 -> copy(in, part, held, progress);
          case 200 -> copy(in, part, 0, progress); // it knows no ranges
          default -> throw new Unavailable("answered " + response.statusCode());
        }
      } finally {
        client.shutdownNow();
      }
    }
  }

  private HttpResponse<InputStream> send(HttpClient client, long held)
      throws InterruptedException, Unavailable {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Range", "bytes=" + held + "-")
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new Unavailable("did not answer within " + timeout.toSeconds() + " s", e);
    } catch (IOException e) {
      throw new Unavailable("cannot be reached", e);
    }
  }

  private void copy(InputStream in, Path part, long held, ModelProgress progress)
      throws IOException, InterruptedException, Unavailable {
    long done = held;
    try (SeekableByteChannel out =
            Files.newByteChannel(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Watchdog watchdog = new Watchdog(in, timeout)) {
      out.truncate(held).position(held);
      byte[] buffer = new byte[1 << 16];
      while (done < model.bytes()) {
        int n = read(in, buffer, (int) Math.min(buffer.length, model.bytes() - done));
        out.write(ByteBuffer.wrap(buffer, 0, n));
        done += n;
        watchdog.alive();
        progress.at(name(), done, model.bytes());
      }
    }
  }

  private static int read(InputStream in, byte[] buffer, int most)
      throws InterruptedException, Unavailable {
    if (Thread.interrupted()) {
      throw new InterruptedException("the fetching was cancelled");
    }
    try {
      int n = in.read(buffer, 0, most);
      if (n < 0) {
        throw new Unavailable("the transfer ended early");
      }
      return n;
    } catch (IOException e) {
      if (e.getCause() instanceof InterruptedException || Thread.interrupted()) {
        throw new InterruptedException("the fetching was cancelled");
      }
      throw new Unavailable("the transfer broke off", e);
    }
  }

  /// Closes a stream that stays silent: the JDK's client has no time-out for a body.
  private static final class Watchdog implements AutoCloseable {
    private final Thread thread;
    private volatile boolean alive;

    private Watchdog(InputStream in, Duration silence) {
      thread = Thread.ofVirtual().start(() -> watch(in, silence));
    }

    private void watch(InputStream in, Duration silence) {
      try {
        do {
          alive = false;
          Thread.sleep(silence);
        } while (alive);
        in.close();
      } catch (InterruptedException | IOException e) {
        // closed: there is nothing left to watch
      }
    }

    private void alive() {
      alive = true;
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
