package dev.docent.wiring;

import dev.docent.answer.Answerer;
import dev.docent.answer.Writer;
import dev.docent.model.Hardware;
import dev.docent.model.HardwareFit;
import dev.docent.model.LlamaChatModel;
import dev.docent.model.LlamaSettings;
import dev.docent.model.LocalChatModel;
import dev.docent.model.ModelCatalog;
import dev.docent.model.ModelException;
import dev.docent.model.ModelFile;
import dev.docent.model.ModelSources;
import dev.docent.model.ModelStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The chat model of this service, once it is loaded; until then, and without one, answers are
/// quotations. Loading takes seconds and keeps nobody waiting. Safe for concurrent use.
@Singleton
final class ChatModels implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ChatModels.class);

  private final Settings.Model settings;
  private final OperationTrail trail;
  private volatile @Nullable LocalChatModel model;
  private volatile boolean loading;
  private boolean closed;

  @Inject
  ChatModels(Settings settings, OperationTrail trail) {
    this.settings = settings.model();
    this.trail = trail;
  }

  Writer current() {
    LocalChatModel loaded = model;
    return loaded != null
        ? new Writer.Ready(loaded)
        : loading ? new Writer.Loading() : new Writer.None();
  }

  /// Begins to load the operator's own file, or the catalogue's model for this machine if it is in
  /// the cache. Nothing is fetched here.
  void load() {
    if (settings.enabled()) {
      loading = true;
      Thread.ofPlatform().name("model-loading").daemon().start(this::loadNow);
    }
  }

  private void loadNow() {
    long began = System.nanoTime();
    try {
      Optional<LocalChatModel> loaded = open(settings);
      if (loaded.isPresent()) {
        publish(loaded.get(), Duration.ofNanos(System.nanoTime() - began));
        prepare(loaded.get());
      }
    } catch (ModelException e) {
      LOG.errorf(e, "The chat model cannot be used; answers are quotations");
      trail.modelUnavailable(e.getClass().getSimpleName());
    } finally {
      loading = false;
    }
  }

  private void publish(LocalChatModel loaded, Duration took) {
    trail.modelLoaded(loaded.identity(), took);
    synchronized (this) {
      if (closed) {
        loaded.close();
        return;
      }
      model = loaded;
    }
    LOG.infof(
        "The chat model is loaded: name=%s millis=%d", loaded.identity().name(), took.toMillis());
  }

  /// The first question is in no worse a place than it would be without: it needs the same read.
  private static void prepare(LocalChatModel loaded) {
    try {
      Answerer.prepare(loaded);
    } catch (ModelException e) {
      // closed meanwhile, or as unusable as the first question will say
      LOG.debugf("The chat model read no instructions: %s", e.getClass().getSimpleName());
    }
  }

  /// The model that the settings name, loaded; empty where none is on this machine. The caller
  /// closes it.
  static Optional<LocalChatModel> open(Settings.Model settings) {
    return find(settings)
        .map(
            file ->
                LlamaChatModel.load(
                    file,
                    new LlamaSettings(
                        settings.contextTokens(),
                        settings.threads().orElse(Hardware.detect().cores()),
                        LlamaSettings.DEFAULT_MAX_PENDING,
                        LlamaSettings.DEFAULT_QUEUE_TIMEOUT)));
  }

  private static Optional<ModelFile> find(Settings.Model settings) {
    ModelStore store = new ModelStore(settings.cacheFolder(), ModelSources.none());
    if (settings.file().isPresent()) {
      return Optional.of(store.adopt(Path.of(settings.file().get())));
    }
    HardwareFit fit =
        HardwareFit.choose(
            ModelCatalog.bundled(), Hardware.detect(), model -> store.cached(model).isPresent());
    return switch (fit) {
      case HardwareFit.Fits(var fitting, _) -> {
        Optional<ModelFile> cached = store.cached(fitting);
        if (cached.isEmpty()) {
          LOG.infof("The chat model is not on this machine: name=%s", fitting.name());
        }
        yield cached;
      }
      case HardwareFit.QuotationsOnly(String reason) -> {
        LOG.infof("No chat model: %s", reason);
        yield Optional.empty();
      }
    };
  }

  @Override
  public void close() {
    LocalChatModel loaded;
    synchronized (this) {
      closed = true;
      loaded = model;
      model = null;
    }
    if (loaded != null) {
      loaded.close();
    }
  }
}
