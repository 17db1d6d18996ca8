package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.library.BlobStore;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// An embedding model that embeds the passages of one revision once. The vectors lie in the blob
/// store under the revision and a digest of the model's name and the texts, so that another model
/// or another way of cutting finds nothing here: count and dimension as 32-bit integers, then the
/// floats, all big-endian. Safe for concurrent use; does not own the model.
final class CachedEmbeddings implements EmbeddingModel {
  private static final int DIGEST_HEX = 32;
  // Some seconds' work on two cores. Texts are embedded one by one, so parts change no vector; only
  // the end of each leaves a thread idle for a moment.
  private static final int AT_A_TIME = 128;

  /// Told how far embedding is.
  @FunctionalInterface
  interface Listener {
    void embedded(int passages, int of);
  }

  private final EmbeddingModel model;
  private final BlobStore blobs;
  private final String revision;
  private final Listener listener;

  CachedEmbeddings(EmbeddingModel model, BlobStore blobs, String revision, Listener listener) {
    this.model = requireNonNull(model, "model");
    this.blobs = requireNonNull(blobs, "blobs");
    this.revision = requireNonNull(revision, "revision");
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    String name = revision + "." + digest(segments);
    Optional<Path> known = blobs.file(BlobStore.Kind.VECTORS, name);
    if (known.isPresent()) {
      return Response.from(read(known.get()));
    }
    List<Embedding> vectors = new ArrayList<>(segments.size());
    for (int from = 0; from < segments.size(); from += AT_A_TIME) {
      listener.embedded(from, segments.size());
      int to = Math.min(from + AT_A_TIME, segments.size());
      vectors.addAll(model.embedAll(segments.subList(from, to)).content());
    }
    blobs.put(BlobStore.Kind.VECTORS, name, out -> write(vectors, out));
    return Response.from(vectors);
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  private static void write(List<Embedding> vectors, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(vectors.size());
    data.writeInt(vectors.isEmpty() ? 0 : vectors.getFirst().dimension());
    for (Embedding vector : vectors) {
      for (float value : vector.vector()) {
        data.writeFloat(value);
      }
    }
    data.flush();
  }

  private static List<Embedding> read(Path file) {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = data.readInt();
      int dimension = data.readInt();
      List<Embedding> vectors = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        float[] vector = new float[dimension];
        for (int j = 0; j < dimension; j++) {
          vector[j] = data.readFloat();
        }
        vectors.add(Embedding.from(vector));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException("Vectors cannot be read", e);
    }
  }

  private String digest(List<TextSegment> segments) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(model.modelName().getBytes(StandardCharsets.UTF_8));
      for (TextSegment segment : segments) {
        byte[] text = segment.text().getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(text);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_HEX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
