package dev.earshot.bench.fault;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change to the methods of one name in one class, made when that class is loaded, or later. */
public final class Planting implements ClassFileTransformer {

  /** When in a method something is called. */
  public enum Moment {
    ENTERED,
    /** By a return: who leaves by an exception is not met. */
    LEFT
  }

  /** What is done to the code of a method of that type. */
  private interface Change {
    CodeTransform to(MethodTypeDesc type);
  }

  private final String type;
  private final String method;
  private final Change change;

  private Planting(String type, String method, Change change) {
    this.type = type.replace('.', '/');
    this.method = method;
    this.change = change;
  }

  /** Calls a public static method that takes and returns nothing. */
  public static Planting call(
      String type, String method, Moment moment, Class<?> owner, String name) {
    var target = owner.describeConstable().orElseThrow();
    var nothing = MethodTypeDesc.of(ConstantDescs.CD_void);
    return new Planting(
        type,
        method,
        switch (moment) {
          case ENTERED -> _ -> atStart(target, name, nothing);
          case LEFT -> _ -> beforeReturn(code -> code.invokestatic(target, name, nothing));
        });
  }

  /** Returns what a public static method makes of what is returned, as an object or a primitive. */
  public static Planting through(String type, String method, Class<?> owner, String name) {
    var target = owner.describeConstable().orElseThrow();
    return new Planting(
        type,
        method,
        methodType -> {
          var returned = methodType.returnType();
          var seen = returned.isPrimitive() ? returned : ConstantDescs.CD_Object;
          return beforeReturn(code -> {
            code.invokestatic(target, name, MethodTypeDesc.of(seen, seen));
            if (!returned.isPrimitive()) {
              code.checkcast(returned);
            }
          });
        });
  }

  /** The class that is changed, as its file is named. */
  public String type() {
    return type;
  }

  boolean isFor(Class<?> loaded) {
    return loaded.getName().replace('.', '/').equals(type);
  }

  /** Where it is planted, for people. */
  public String place() {
    return type.replace('/', '.') + "." + method;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return name.equals(type) ? planted(loader, bytes) : null;
  }

  /** The class with the change in it; none when it has no such method. */
  public byte[] planted(@Nullable ClassLoader loader, byte[] bytes) {
    var classes =
        ClassHierarchyResolver.ofResourceParsing(
            loader == null ? ClassLoader.getSystemClassLoader() : loader);
    var file = ClassFile.of(ClassHierarchyResolverOption.of(classes));
    return file.transformClass(file.parse(bytes), this::change);
  }

  private void change(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel it
        && it.methodName().equalsString(method)
        && it.code().isPresent()) {
      var code = change.to(it.methodTypeSymbol());
      builder.transformMethod(it, MethodTransform.transformingCode(code));
    } else {
      builder.with(element);
    }
  }

  private static CodeTransform atStart(ClassDesc target, String name, MethodTypeDesc nothing) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        code.invokestatic(target, name, nothing);
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
      }
    };
  }

  private static CodeTransform beforeReturn(Consumer<CodeBuilder> more) {
    return (code, element) -> {
      if (element instanceof ReturnInstruction) {
        more.accept(code);
      }
      code.with(element);
    };
  }
}
