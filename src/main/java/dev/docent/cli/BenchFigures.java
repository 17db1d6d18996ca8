package dev.docent.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the parts of a benchmark found, in the order of finding. Confined to one thread.
final class BenchFigures {
  private static final String ROW = "  %-52s %10s %10s %10s";

  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  /// One figure, measured once a run.
  ///
  /// @param name with its unit
  /// @param values in the order of the runs
  /// @param peer someone else's way of doing the same
  record Figure(String part, String name, List<Double> values, Optional<Peer> peer) {
    Figure {
      requireNonNull(part, "part");
      requireNonNull(name, "name");
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException(name + " has no values");
      }
      if (peer.isPresent() && peer.get().values().size() != values.size()) {
        throw new IllegalArgumentException(name + ": a ratio pairs the runs of both");
      }
    }

    /// Ours over the peer's, run by run: machines change their pace, but not within one run.
    Optional<List<Double>> ratios() {
      return peer.map(
          other ->
              IntStream.range(0, values.size())
                  .mapToObj(i -> values.get(i) / other.values().get(i))
                  .toList());
    }
  }

  /// @param values in the same runs
  record Peer(String name, List<Double> values) {
    Peer {
      requireNonNull(name, "name");
      values = List.copyOf(values);
    }
  }

  /// The least, the middle and the greatest value.
  record Spread(double min, double median, double max) {
    static Spread of(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      return new Spread(
          sorted[0],
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
          sorted[sorted.length - 1]);
    }
  }

  /// The value that a share of all does not exceed, by the nearest rank.
  static double percentile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  void add(String part, String name, List<Double> values) {
    figures.add(new Figure(part, name, values, Optional.empty()));
  }

  void compare(String part, String name, List<Double> values, Peer peer) {
    figures.add(new Figure(part, name, values, Optional.of(peer)));
  }

  /// What a reader of the part's figures should know.
  void note(String part, String text) {
    notes.computeIfAbsent(part, _ -> new ArrayList<>()).add(text);
  }

  /// A table for each part.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String part : parts()) {
      lines.add(
          ROW.formatted("", "min", "median", "max").replaceFirst("^ {2} {52}", heading(part)));
      for (Figure figure : figures) {
        if (figure.part().equals(part)) {
          lines.add(row(figure.name(), figure.values()));
          figure
              .peer()
              .ifPresent(
                  peer -> {
                    lines.add(row("  " + peer.name(), peer.values()));
                    lines.add(row("  ratio", figure.ratios().orElseThrow()));
                  });
        }
      }
      notes.getOrDefault(part, List.of()).forEach(note -> lines.add("  " + note));
    }
    return lines;
  }

  private static String heading(String part) {
    return "%-54s".formatted(part);
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>(figures.stream().map(Figure::part).toList());
    parts.addAll(notes.keySet());
    return parts.stream().distinct().toList();
  }

  private static String row(String name, List<Double> values) {
    Spread spread = Spread.of(values);
    return ROW.formatted(name, number(spread.min()), number(spread.median()), number(spread.max()));
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT,
        size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f",
        value);
  }

  /// The same for a file, with every run's value.
  Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("figures", figures.stream().map(BenchFigures::json).toList());
    all.put("notes", notes);
    return all;
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("part", figure.part());
    map.put("name", figure.name());
    map.put("values", figure.values());
    map.put("spread", Spread.of(figure.values()));
    figure
        .peer()
        .ifPresent(
            peer -> {
              map.put("peer", peer);
              map.put("ratios", figure.ratios().orElseThrow());
              map.put("ratio", Spread.of(figure.ratios().orElseThrow()));
            });
    return map;
  }
}
