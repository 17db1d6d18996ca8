package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which model a machine can bear, with the reason in words.
public sealed interface HardwareFit {
  String reason();

  /// A model that runs well enough here.
  record Fits(CatalogModel model, String reason) implements HardwareFit {
    public Fits {
      requireNonNull(model, "model");
      requireNonNull(reason, "reason");
    }
  }

  /// No model runs here: answers are quotations only.
  record QuotationsOnly(String reason) implements HardwareFit {
    public QuotationsOnly {
      requireNonNull(reason, "reason");
    }
  }

  /// The first model of the catalogue, best first, for which the machine has the cores and the
  /// memory.
  static HardwareFit choose(ModelCatalog catalog, Hardware hardware) {
    return choose(catalog, hardware, _ -> false);
  }

  /// The first that is here of the models for which the machine has the cores and the memory, else
  /// the first of these: what memory is free changes from start to start, and a model that serves
  /// is not left for one that would have to be fetched.
  ///
  /// @param here whether a model's file is on this machine
  static HardwareFit choose(ModelCatalog catalog, Hardware hardware, Predicate<CatalogModel> here) {
    String machine =
        "%d %s and %.1f GB of free memory"
            .formatted(
                hardware.cores(),
                hardware.cores() == 1 ? "core" : "cores",
                hardware.availableMemoryBytes() / 1e9);
    if (!hardware.vectorUnits()) {
      return new QuotationsOnly(
          "the processor lacks AVX2, FMA or F16C, which the built-in engine needs");
    }
    List<String> tooBig = new ArrayList<>();
    List<CatalogModel> fitting = new ArrayList<>();
    for (CatalogModel model : catalog.models()) {
      if (hardware.cores() < model.cores()) {
        tooBig.add("%s wants %d cores".formatted(model.name(), model.cores()));
      } else if (hardware.availableMemoryBytes() < model.memoryBytes()) {
        tooBig.add("%s needs %.1f GB".formatted(model.name(), model.memoryBytes() / 1e9));
      } else {
        fitting.add(model);
      }
    }
    if (fitting.isEmpty()) {
      return new QuotationsOnly(
          "no model suits %s (%s)".formatted(machine, String.join(", ", tooBig)));
    }
    CatalogModel best = fitting.getFirst();
    CatalogModel chosen = fitting.stream().filter(here).findFirst().orElse(best);
    String others = tooBig.isEmpty() ? "" : " (" + String.join(", ", tooBig) + ")";
    String better =
        chosen.equals(best) ? "" : "; %s would, too, but is not here".formatted(best.name());
    return new Fits(chosen, "%s suits %s%s%s".formatted(chosen.name(), machine, others, better));
  }
}
