package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.docent.compliance.audit.AuditEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The closed set of records holds nothing that is never written.
class UsedVocabularyTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.docent");

  private final JavaClass vocabulary = HOUSE.get(AuditEvent.class);

  @Test
  void everyRecordIsMadeSomewhere() {
    assertThat(inside())
        .filteredOn(JavaClass::isRecord)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            type ->
                assertThat(fromOutside(type.getConstructorCallsToSelf()))
                    .as(type.getName())
                    .isTrue());
  }

  @Test
  void everyConstantIsWrittenSomewhere() {
    Set<String> unused = new TreeSet<>();
    inside()
        .filter(JavaClass::isEnum)
        .filter(type -> !type.isEquivalentTo(AuditEvent.Outcome.class)) // of the acts themselves
        .forEach(
            type -> {
              for (JavaField constant : type.getFields()) {
                if (constant.getRawType().equals(type)
                    && !fromOutside(constant.getAccessesToSelf())) {
                  unused.add(constant.getFullName());
                }
              }
            });
    assertThat(unused).isEmpty();
  }

  private Stream<JavaClass> inside() {
    return HOUSE.stream()
        .filter(type -> type.getEnclosingClass().filter(vocabulary::equals).isPresent());
  }

  private boolean fromOutside(Set<? extends JavaAccess<?>> uses) {
    return uses.stream()
        .anyMatch(use -> !use.getOriginOwner().getName().startsWith(vocabulary.getName()));
  }
}
