package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;

/// Someone who may add to a collection of their own, and what is in it.
record Contributor(Service.User person, String collection) {
  static Contributor to(String name) {
    String writers = "writers-" + UUID.randomUUID();
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of(writers));
    return new Contributor(
        person, Service.collection(name + " " + writers, List.of(writers), List.of(writers)));
  }

  RequestSpecification request() {
    return person.request();
  }

  int documents() {
    return request().queryParam("collection", collection).get("/api/v1/documents").path("total");
  }

  byte[] content(String document) {
    return request().get("/api/v1/documents/" + document + "/content").asByteArray();
  }

  /// The collection holds these bytes as one document, recorded once, and nothing is on its way.
  void hasOnce(byte[] bytes) {
    List<String> all =
        request()
            .queryParam("collection", collection)
            .get("/api/v1/documents")
            .jsonPath()
            .getList("items.id");
    assertThat(all).hasSize(1);
    assertThat(content(all.getFirst())).isEqualTo(bytes);
    assertThat(Service.acts(person, "document.added")).hasSize(1);
    assertThat(request().get("/api/v1/uploads").jsonPath().getList("")).isEmpty();
  }
}
