package dev.docent.answer;

/// Arithmetic on unit vectors.
final class Vectors {
  private Vectors() {}

  /// The cosine, as both are of length 1.
  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
