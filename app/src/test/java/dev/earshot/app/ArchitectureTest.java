package dev.earshot.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses EARSHOT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.earshot");

  @Test
  void theEngineDependsOnNothingButTheWords() {
    classes()
        .that()
        .resideInAPackage("dev.earshot.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.earshot.engine..", "dev.earshot.event..", "java..", "org.jspecify..")
        .check(EARSHOT);
  }

  @Test
  void theEngineAsksForNoTime() {
    noClasses()
        .that()
        .resideInAPackage("dev.earshot.engine..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(InstantSource.class)
        .check(EARSHOT);
  }

  @Test
  void theEngineLeavesNothingToChance() {
    noClasses()
        .that()
        .resideInAPackage("dev.earshot.engine..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .check(EARSHOT);
  }

  @Test
  void theEngineTouchesNothingOutside() {
    noClasses()
        .that()
        .resideInAPackage("dev.earshot.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
        .check(EARSHOT);
  }

  @Test
  void theWaysInAndOutMeetOnlyInTheLog() {
    slices()
        .matching("dev.earshot.(gateway|channel|portal)..")
        .should()
        .notDependOnEachOther()
        .check(EARSHOT);
  }

  @Test
  void onlyTheStreamKnowsKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.earshot.stream..", "dev.earshot.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..")
        .check(EARSHOT);
  }

  @Test
  void nothingReadsSerializedObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(EARSHOT);
  }

  @Test
  void noPackageCycles() {
    slices().matching("dev.earshot.(**)").should().beFreeOfCycles().check(EARSHOT);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        EARSHOT.stream()
            .map(JavaClass::getPackage)
            .filter(name -> !name.isAnnotatedWith(NullMarked.class))
            .map(name -> name.getName())
            .collect(toCollection(TreeSet::new));

    assertEquals(new TreeSet<String>(), unmarked);
  }
}
