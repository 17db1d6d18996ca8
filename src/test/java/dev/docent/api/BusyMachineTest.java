package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A machine that is busy is no database that is away.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class BusyMachineTest {
  private static final Duration BUSY = Duration.ofSeconds(5);

  @Test
  void whoeverAsksWaitsInsteadOfBeingRefused() throws Exception {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of());
    AtomicBoolean busy = new AtomicBoolean(true);
    // As reading large documents does: every carrier of virtual threads has work, and no pause.
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (busy.get()) {
                  Thread.onSpinWait();
                }
              });
    }
    Thread free =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(BUSY);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  } finally {
                    busy.set(false);
                  }
                });
    try {
      assertThat(anna.request().get("/api/v1/me").statusCode()).isEqualTo(200);
    } finally {
      busy.set(false);
      free.interrupt();
    }
  }
}
