package dev.docent.api;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// The answers being streamed, by who asked, so that they end with the right to them: when an
/// account is disabled, its password reset, or the session or token revoked. Safe for concurrent
/// use.
@Singleton
final class LiveStreams {
  private record Live(UUID account, UUID credential, Runnable end) {}

  private final List<Live> streams = new CopyOnWriteArrayList<>();

  /// @param end stops the stream; called at most once
  Runnable register(UUID account, UUID credential, Runnable end) {
    Live live = new Live(account, credential, end);
    streams.add(live);
    return () -> streams.remove(live);
  }

  void endAllOf(UUID account) {
    end(streams.stream().filter(live -> live.account().equals(account)).toList());
  }

  void endBy(UUID credential) {
    end(streams.stream().filter(live -> live.credential().equals(credential)).toList());
  }

  private void end(List<Live> ended) {
    for (Live live : ended) {
      if (streams.remove(live)) {
        live.end().run();
      }
    }
  }
}
