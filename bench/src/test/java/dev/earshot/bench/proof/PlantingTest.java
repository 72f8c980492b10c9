package dev.earshot.bench.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.earshot.bench.fault.KillPoint;
import dev.earshot.bench.fault.Planting;
import dev.earshot.bench.server.Left;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault that finds no place in the program would be a check that proves nothing. */
class PlantingTest {

  @ParameterizedTest
  @EnumSource(KillPoint.class)
  void everyKillPointIsInTheProgram(KillPoint point) throws IOException {
    assertPlanted(point.planting());
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void everyMutantDiffersFromTheProgram(Mutant mutant) throws IOException {
    assertPlanted(mutant.planting());
  }

  @Test
  void aClassWithoutTheMethodStaysAsItIs() throws IOException {
    var planting = nowhere(Left.class.getName());

    assertEquals(methods(original(planting)), methods(planted(planting)));
  }

  private static void assertPlanted(Planting planting) throws IOException {
    var planted = planted(planting);
    var untouched = planted(nowhere(planting.type()));

    assertFalse(Arrays.equals(untouched, planted), planting.place());
    assertEquals(List.of(), ClassFile.of().verify(planted), planting.place());
  }

  /** Written again without a change a class has other bytes than the compiler gave it. */
  private static Planting nowhere(String type) {
    return Planting.through(type, "absent", Faults.class, "never");
  }

  private static byte[] planted(Planting planting) throws IOException {
    return planting.planted(PlantingTest.class.getClassLoader(), original(planting));
  }

  private static byte[] original(Planting planting) throws IOException {
    try (var in = PlantingTest.class.getResourceAsStream("/" + planting.type() + ".class")) {
      if (in == null) {
        throw new IOException("there is no class " + planting.type());
      }
      return in.readAllBytes();
    }
  }

  private static List<String> methods(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .map(method -> method.methodName().stringValue())
        .toList();
  }
}
