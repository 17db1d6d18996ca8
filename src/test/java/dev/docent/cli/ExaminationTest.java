package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.model.ModelCatalog;
import dev.docent.wiring.DataFolder;
import dev.docent.wiring.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExaminationTest {
  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();

  private List<Finding> findings(Path data) {
    settings.putIfAbsent("docent.model.enabled", "false");
    settings.putIfAbsent("docent.port", "0");
    Settings read =
        new SmallRyeConfigBuilder()
            .withMapping(Settings.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(Settings.class);
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return new Examination(DataFolder.at(data), read, Terminal.of(Map.of(), nowhere, nowhere))
        .findings();
  }

  private Finding finding(Path data, String subject) {
    return findings(data).stream()
        .filter(one -> one.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDataFolderThatIsNotThereYetIsNoProblem() {
    Path data = folder.resolve("later");

    assertThat(findings(data)).noneMatch(Finding::isProblem);
    assertThat(finding(data, "data folder").text()).contains("./docent up makes it");
    assertThat(data).as("nothing is changed").doesNotExist();
  }

  @Test
  void aFileInItsPlaceIsOne() throws IOException {
    Path data = Files.createFile(folder.resolve("file"));

    assertThat(finding(data, "data folder").line())
        .startsWith("PROBLEM")
        .endsWith(data + " is not a folder");
  }

  @Test
  void whatIsLeftInTheFolderIsAsItWas() throws IOException {
    Path data = DataFolder.at(folder.resolve("data")).create().root();

    assertThat(finding(data, "data folder").line()).startsWith("ok");
    try (var files = Files.list(data)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".doctor"));
    }
  }

  @Test
  void aTakenPortIsAProblemAndTheWayOutIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.put("docent.port", "" + taken.getLocalPort());

      Finding port = finding(DataFolder.at(folder.resolve("data")).create().root(), "port");
      assertThat(port.isProblem()).isTrue();
      assertThat(port.text()).contains("" + taken.getLocalPort(), "--port");
    }
  }

  @Test
  void aFolderThatIsHeldByAServiceThatIsNotUpIsSaidSo() {
    DataFolder data = DataFolder.at(folder.resolve("data")).create();

    try (var _ = data.lock()) {
      assertThat(finding(data.root(), "service").text())
          .contains("" + ProcessHandle.current().pid(), "not up yet");
    }
  }

  @Test
  void aModelFileThatIsNotTheOneIsAProblem() throws IOException {
    settings.put("docent.model.enabled", "true");
    settings.put("docent.model.cache", folder.resolve("models").toString());
    Files.createDirectories(folder.resolve("models"));
    for (var model : ModelCatalog.bundled().models()) {
      // A part of the real one.
      try (var file =
          new RandomAccessFile(folder.resolve("models").resolve(model.file()).toFile(), "rw")) {
        file.setLength(model.bytes() / 50);
      }
    }

    Finding model = finding(folder.resolve("data"), "chat model");
    assertThat(model.isProblem()).isTrue();
    assertThat(model.text()).contains("damaged", "./docent models fetch");
  }

  @Test
  void aModelFileOfTheOperatorsThatIsNoModelIsAProblem() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.gguf"), "not a model");
    settings.put("docent.model.enabled", "true");
    settings.put("docent.model.file", file.toString());

    Finding model = finding(folder.resolve("data"), "chat model");
    assertThat(model.isProblem()).isTrue();
    assertThat(model.text()).contains("mine.gguf");
  }
}
