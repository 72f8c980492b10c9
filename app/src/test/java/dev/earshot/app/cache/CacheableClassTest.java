package dev.earshot.app.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CacheableClassTest {

  private static final ClassLoader LOADER = CacheableClassTest.class.getClassLoader();

  private final CacheableClass classes = new CacheableClass(LOADER);

  /** Its lambdas are as Scala makes them: serializable, one with a bridge that somebody calls. */
  public static final class Lambdas implements Supplier<String> {

    /** Could be stored. */
    public interface Quiet extends UnaryOperator<String>, Serializable {}

    /** Takes any one kind of thing. */
    public interface Taker<T> {
      String take(T thing);
    }

    /** Takes texts. */
    public interface TextTaker {
      String take(String text);
    }

    /** Has two methods that are one lambda. */
    public interface BothTaker extends Taker<String>, TextTaker, Serializable {}

    @Override
    public String get() {
      var mark = "!";
      Quiet quiet = text -> text + mark;
      BothTaker both = text -> quiet.apply(text) + mark;
      Taker<String> any = both;
      TextTaker text = both;
      return any.take("a") + text.take("b");
    }
  }

  /** Finds where beans are kept. */
  public static final class Beans implements Supplier<MBeanServer> {
    @Override
    public MBeanServer get() {
      return ManagementFactory.getPlatformMBeanServer();
    }
  }

  @Test
  void aClassOfAnOldVersionIsRaisedAndSound() throws Exception {
    var old = bytes(CommandLine.class);
    assertTrue(version(old) < ClassFile.JAVA_6_VERSION, "picocli is old");

    var raised = classes.of(old);

    assertEquals(ClassFile.JAVA_6_VERSION, version(raised));
    assertEquals(List.of(), ClassFile.of().verify(raised));
  }

  @Test
  void aLambdaIsNoLongerSerializableAndDoesTheSame() throws Exception {
    var original = bytes(Lambdas.class);

    var rewritten = classes.of(original);

    assertEquals(List.of("altMetafactory", "altMetafactory"), lambdas(original));
    assertEquals(List.of("metafactory", "altMetafactory"), lambdas(rewritten));
    assertEquals(new Lambdas().get(), run(Lambdas.class, rewritten));
  }

  @Test
  void theLambdasOfTheBrokerAreAllRewritten() throws Exception {
    var rewritten = classes.of(bytes(Class.forName("kafka.server.ReplicaManager", false, LOADER)));

    assertTrue(lambdas(rewritten).size() > 50);
    assertTrue(lambdas(rewritten).stream().allMatch("metafactory"::equals));
  }

  @Test
  void beansAreNotKeptWhereJavaTellsOfItself() throws Exception {
    var original = bytes(Beans.class);

    assertSame(ManagementFactory.getPlatformMBeanServer(), run(Beans.class, original));
    assertNotSame(
        ManagementFactory.getPlatformMBeanServer(), run(Beans.class, classes.of(original)));
  }

  @Test
  void whatIsCacheableStaysAsItIs() throws Exception {
    var own = bytes(CacheableJar.class);
    assertSame(own, classes.of(own));
  }

  @Test
  void whatIsNoClassStaysAsItIs() {
    var text = new byte[] {1, 2, 3};
    assertSame(text, classes.of(text));
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    var resource = type.getName().replace('.', '/') + ".class";
    try (var stream = Objects.requireNonNull(LOADER.getResourceAsStream(resource))) {
      return stream.readAllBytes();
    }
  }

  private static int version(byte[] bytes) {
    return ClassFile.of().parse(bytes).majorVersion();
  }

  /** The methods that make the lambdas, in their order. */
  private static List<String> lambdas(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .filter(method -> !method.methodName().equalsString("$deserializeLambda$"))
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(element -> ((InvokeDynamicInstruction) element).bootstrapMethod().methodName())
        .filter(name -> name.endsWith("etafactory"))
        .toList();
  }

  private static Object run(Class<?> type, byte[] bytes) throws Exception {
    var name = type.getName();
    var loader =
        new ClassLoader(LOADER) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            return wanted.equals(name)
                ? defineClass(name, bytes, 0, bytes.length)
                : super.loadClass(wanted, resolve);
          }
        };
    var made = Class.forName(name, true, loader).getConstructor().newInstance();
    return ((Supplier<?>) made).get();
  }
}
