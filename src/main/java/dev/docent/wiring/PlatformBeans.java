package dev.docent.wiring;

import dev.docent.library.DiskRoom;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What the service's beans may have of the platform.
final class PlatformBeans {

  @Produces
  @Singleton
  DataFolder dataFolder(Settings settings) {
    return settings.dataFolder();
  }

  @Produces
  @Singleton
  DiskRoom diskRoom(DataFolder data) {
    return new DiskRoom(data.root());
  }
}
