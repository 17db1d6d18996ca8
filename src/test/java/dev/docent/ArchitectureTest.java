package dev.docent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which way the house may depend, and how its types are named. What a class may see is stated here
/// once; a new package or a new arrow is a change of this table.
class ArchitectureTest {
  private static final String HOUSE = "dev.docent";

  /// The packages of the service and the libraries, each with those it may use. A library's
  /// sub-packages count as the library.
  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ingest", Set.of()),
              Map.entry("compliance", Set.of()),
              Map.entry("access", Set.of()),
              Map.entry("model", Set.of()),
              Map.entry("library", Set.of("access")),
              Map.entry("index", Set.of("access", "ingest")),
              Map.entry("retrieve", Set.of("access", "ingest", "index")),
              Map.entry("answer", Set.of("access", "ingest", "index", "retrieve", "model")),
              Map.entry(
                  "api",
                  Set.of(
                      "access",
                      "ingest",
                      "index",
                      "retrieve",
                      "model",
                      "answer",
                      "library",
                      "compliance")),
              Map.entry(
                  "wiring",
                  Set.of(
                      "access",
                      "ingest",
                      "index",
                      "retrieve",
                      "model",
                      "answer",
                      "library",
                      "compliance",
                      "api")),
              Map.entry("eval", Set.of("access", "ingest", "index", "retrieve", "answer")),
              // The other way in: it starts the service and speaks to it over HTTP; measurements
              // and the check of evidence run in its own process.
              Map.entry(
                  "cli",
                  Set.of(
                      "access",
                      "ingest",
                      "index",
                      "retrieve",
                      "model",
                      "answer",
                      "library",
                      "compliance",
                      "eval",
                      "wiring"))));

  /// Who may see what is not ours: packages of libraries, and those of the house that use them.
  private static final Map<String, Set<String>> ONLY_SEEN_BY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("io.quarkus", Set.of("api", "wiring")),
              Map.entry("jakarta.inject", Set.of("api", "wiring")),
              Map.entry("jakarta.enterprise", Set.of("api", "wiring")),
              Map.entry("jakarta.ws.rs", Set.of("api", "wiring")),
              Map.entry("jakarta.validation", Set.of("api", "wiring")),
              Map.entry("org.eclipse.microprofile", Set.of("api", "wiring")),
              Map.entry("io.smallrye", Set.of("api", "wiring")),
              Map.entry("io.vertx", Set.of("api", "wiring")),
              Map.entry("io.micrometer", Set.of("api", "wiring")),
              Map.entry("org.flywaydb", Set.of("wiring")),
              Map.entry("io.agroal", Set.of("wiring")),
              Map.entry("com.github.kagkarlsson", Set.of("wiring")),
              Map.entry("jakarta.persistence", Set.of("library", "wiring")),
              Map.entry("org.hibernate", Set.of("api", "library", "wiring")),
              Map.entry("org.apache.lucene", Set.of("index")),
              // The benchmark's peer is Tika by itself.
              Map.entry("org.apache.tika", Set.of("ingest", "cli")),
              Map.entry("org.apache.pdfbox", Set.of("ingest")),
              Map.entry("ai.onnxruntime", Set.of("ingest")),
              Map.entry("ai.djl", Set.of("ingest")),
              Map.entry("de.kherud", Set.of("model")),
              Map.entry("picocli", Set.of("cli"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

  @Test
  void everyPackageOfTheHouseIsInTheTable() {
    Set<String> found =
        CLASSES.stream()
            .map(type -> type.getPackageName().split("\\."))
            .filter(names -> names.length > 2)
            .map(names -> names[2])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(found).isEqualTo(MAY_USE.keySet());
    assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(HOUSE))).isEmpty();
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void dependsOnlyOnWhatItMayUse(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
            .map(ArchitectureTest::inPackage)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(inPackage(name))
        .should()
        .dependOnClassesThat(resideInAPackage(HOUSE + "..").and(resideOutsideOfPackages(allowed)))
        .check(CLASSES);
  }

  static Stream<String> libraries() {
    return ONLY_SEEN_BY.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void isSeenOnlyByTheirOwnPackages(String library) {
    String[] allowed =
        ONLY_SEEN_BY.get(library).stream().map(ArchitectureTest::inPackage).toArray(String[]::new);

    noClasses()
        .that(resideOutsideOfPackages(allowed))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .check(CLASSES);
  }

  @Test
  void theTrailIsVerifiedByTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(
            HOUSE + ".compliance.audit..",
            HOUSE + ".compliance.tree..",
            HOUSE + ".compliance.seal..",
            HOUSE + ".compliance.witness..",
            HOUSE + ".compliance.verify..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "javax.crypto..",
                "javax.net.ssl..",
                "javax.sql..",
                "com.sun.net.httpserver..",
                "org.jspecify.annotations..",
                HOUSE + ".compliance.."))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .filter(one -> !one.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unmarked).isEmpty();
  }

  @Test
  void namesSayWhatATypeIs() {
    classes()
        .should()
        .haveNameNotMatching(".*[.$](Abstract|Default)[A-Z]\\w*")
        .andShould()
        .haveNameNotMatching(".*(Impl|Utils?|Helpers?|Manager)")
        .andShould()
        .resideOutsideOfPackages("..common..", "..core..", "..util..", "..utils..", "..helper..")
        .check(CLASSES);
    classes()
        .that()
        .areInterfaces()
        .should()
        .haveNameNotMatching(".*[.$]I[A-Z][a-z]\\w*")
        .check(CLASSES);
  }

  /// Where neither Hibernate nor the container has to put a class of its own under it.
  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotAssignableTo(RuntimeException.class)
        .and()
        .areNotAnnotatedWith(Entity.class)
        .and()
        .areNotAnnotatedWith(RequestScoped.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void timeIsGivenToTheLeaves() {
    noClasses()
        .that(resideOutsideOfPackages(inPackage("api"), inPackage("wiring"), inPackage("cli")))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  /// Standard output belongs to the command lines and to the frames of the parser's worker.
  @Test
  void onlyTheCommandLineWritesToTheTerminal() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                inPackage("cli"),
                inPackage("wiring"),
                HOUSE + ".ingest.tika..",
                HOUSE + ".compliance.verify.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  private static String inPackage(String name) {
    return HOUSE + "." + name + "..";
  }
}
