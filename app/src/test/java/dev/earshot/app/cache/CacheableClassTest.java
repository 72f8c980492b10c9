package dev.earshot.app.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    assertEquals(new Lambdas().get(), run(rewritten));
  }

  @Test
  void theLambdasOfTheBrokerAreAllRewritten() throws Exception {
    var rewritten = classes.of(bytes(Class.forName("kafka.server.ReplicaManager", false, LOADER)));

    assertTrue(lambdas(rewritten).size() > 50);
    assertTrue(lambdas(rewritten).stream().allMatch("metafactory"::equals));
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

  @Test
  void aJarIsRewrittenWithAllThatIsInIt(@TempDir Path folder) throws Exception {
    var original =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var copy = Files.copy(original, folder.resolve("picocli.jar"));

    assertEquals(0, new CommandLine(new CacheableCommand()).execute(copy.toString()));

    try (var before = new ZipFile(original.toFile());
        var after = new ZipFile(copy.toFile());
        var files = Files.list(folder)) {
      assertEquals(List.of(copy), files.toList());
      assertEquals(
          before.stream().map(Object::toString).toList(),
          after.stream().map(Object::toString).toList());
      var name = "picocli/CommandLine.class";
      assertNotSame(version(content(before, name)), version(content(after, name)));
    }
  }

  private static byte[] content(ZipFile jar, String name) throws IOException {
    return jar.getInputStream(jar.getEntry(name)).readAllBytes();
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

  private static Object run(byte[] bytes) throws Exception {
    var name = Lambdas.class.getName();
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
