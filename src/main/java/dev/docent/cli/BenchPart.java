package dev.docent.cli;

/// One part of the benchmark.
interface BenchPart {

  /// By which it is chosen, and under which its figures stand.
  String name();

  /// Measures [BenchOptions#runs] times over and adds what it found.
  ///
  /// @throws CommandException where it cannot measure, with the reason
  void measure(BenchFigures figures);
}
