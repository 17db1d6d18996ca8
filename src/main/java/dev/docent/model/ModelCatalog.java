package dev.docent.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.model.CatalogModel.Box;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The models that Docent can fetch by itself, best first.
///
/// @param hub address of the publishers' model hub; used only where the settings allow it
public record ModelCatalog(URI hub, List<CatalogModel> models) {
  public ModelCatalog {
    Objects.requireNonNull(hub, "hub");
    models = List.copyOf(models);
  }

  /// The catalogue that comes with the product.
  public static ModelCatalog bundled() {
    try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
      JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, "models.json"));
      return new ModelCatalog(
          URI.create(root.required("hub").asText()),
          stream(root.required("models")).map(ModelCatalog::model).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<CatalogModel> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /// The model whose file has this digest.
  public Optional<CatalogModel> withDigest(String sha256) {
    return models.stream().filter(model -> model.sha256().equals(sha256)).findFirst();
  }

  private static CatalogModel model(JsonNode node) {
    return new CatalogModel(
        node.required("name").asText(),
        node.required("file").asText(),
        node.required("architecture").asText(),
        node.required("bytes").asLong(),
        node.required("sha256").asText(),
        node.required("licence").asText(),
        node.required("publisher").asText(),
        node.required("cores").asInt(),
        node.required("memoryBytes").asLong(),
        node.required("hub").asText(),
        stream(node.required("boxes")).map(ModelCatalog::box).toList());
  }

  private static Box box(JsonNode node) {
    return new Box(
        node.required("package").asText(),
        node.required("version").asText(),
        node.required("member").asText(),
        node.required("bytes").asLong());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
