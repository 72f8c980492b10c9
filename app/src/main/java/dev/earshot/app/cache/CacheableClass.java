package dev.earshot.app.cache;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/**
 * Rewrites a class that the cache of java (JEP 514) leaves out, or of which it leaves out the
 * lambdas, into one that does the same and is taken. It is for the jars of picocli, Kafka and
 * Scala: nobody stores their lambdas, which they make serializable all the same. Nor does anybody
 * read the beans of Kafka, which are kept apart from those by which java tells of itself: so these
 * are made only when somebody asks.
 */
final class CacheableClass {

  /** Older classes are checked in a way of which a cache can keep no result. */
  private static final int MAJOR_MIN = ClassFile.JAVA_6_VERSION;

  private static final String FULL = "altMetafactory";

  private static final String BEANS = "getPlatformMBeanServer";

  private static final DirectMethodHandleDesc PLAIN =
      MethodHandleDesc.ofMethod(
          Kind.STATIC,
          LambdaMetafactory.class.describeConstable().orElseThrow(),
          "metafactory",
          MethodType.methodType(
                  CallSite.class,
                  MethodHandles.Lookup.class,
                  String.class,
                  MethodType.class,
                  MethodType.class,
                  MethodHandle.class,
                  MethodType.class)
              .describeConstable()
              .orElseThrow());

  private static final ClassDesc SERVERS =
      MBeanServerFactory.class.describeConstable().orElseThrow();
  private static final ClassDesc SERVER = MBeanServer.class.describeConstable().orElseThrow();

  private final ClassLoader loader;
  private final ClassFile file;
  private final ClassFile checkedAnew;

  /**
   * @param loader that finds what the classes refer to
   */
  CacheableClass(ClassLoader loader) {
    this.loader = loader;
    var types =
        ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver()));
    file = ClassFile.of(types);
    checkedAnew =
        ClassFile.of(
            types,
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ConstantPoolSharingOption.NEW_POOL);
  }

  /** The class rewritten; the same array when there is nothing to rewrite, or no way to. */
  byte[] of(byte[] original) {
    try {
      var model = file.parse(original);
      if (model.majorVersion() < MAJOR_MIN) {
        return raised(original);
      }
      return mentions(model, FULL) || mentions(model, BEANS) ? plain(model) : original;
    } catch (IllegalArgumentException _) {
      return original;
    }
  }

  private byte[] raised(byte[] original) {
    CodeTransform written = (builder, element) -> builder.with(element);
    return checkedAnew.transformClass(
        checkedAnew.parse(original),
        ClassTransform.transformingMethodBodies(written)
            .andThen(ClassTransform.endHandler(builder -> builder.withVersion(MAJOR_MIN, 0))));
  }

  private static boolean mentions(ClassModel model, String name) {
    for (var entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text && text.equalsString(name)) {
        return true;
      }
    }
    return false;
  }

  private byte[] plain(ClassModel model) {
    CodeTransform plain =
        (builder, element) -> {
          switch (element) {
            case InvokeDynamicInstruction lambda ->
                plain(lambda).ifPresentOrElse(builder::invokedynamic, () -> builder.with(lambda));
            case InvokeInstruction call when call.name().equalsString(BEANS) ->
                builder.invokestatic(SERVERS, "newMBeanServer", MethodTypeDesc.of(SERVER));
            default -> builder.with(element);
          }
        };
    return file.transformClass(model, ClassTransform.transformingMethodBodies(plain));
  }

  /** The same lambda, but for being serializable; empty when more than that would be lost. */
  private Optional<DynamicCallSiteDesc> plain(InvokeDynamicInstruction call) {
    if (!call.bootstrapMethod().methodName().equals(FULL)) {
      return Optional.empty();
    }
    var arguments = call.bootstrapArgs();
    int flags = (Integer) arguments.get(3) & ~LambdaMetafactory.FLAG_SERIALIZABLE;
    boolean isPlain =
        flags == 0 || (flags == LambdaMetafactory.FLAG_BRIDGES && hasIdleBridges(call));
    return isPlain
        ? Optional.of(
            DynamicCallSiteDesc.of(
                PLAIN,
                call.name().stringValue(),
                call.typeSymbol(),
                arguments.get(0),
                arguments.get(1),
                arguments.get(2)))
        : Optional.empty();
  }

  /** Whether nobody can call the bridges, since the interface has no such methods. */
  private boolean hasIdleBridges(InvokeDynamicInstruction call) {
    var bridges = call.bootstrapArgs().subList(5, call.bootstrapArgs().size());
    try {
      var descriptor = call.typeSymbol().returnType().descriptorString();
      var name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
      var face = Class.forName(name, false, loader);
      return Arrays.stream(face.getMethods())
          .filter(method -> method.getName().equals(call.name().stringValue()))
          .map(method -> MethodType.methodType(method.getReturnType(), method.getParameterTypes()))
          .map(MethodType::descriptorString)
          .map(MethodTypeDesc::ofDescriptor)
          .noneMatch(bridges::contains);
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }
}
