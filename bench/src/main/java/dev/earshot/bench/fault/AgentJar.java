package dev.earshot.bench.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A jar that makes java load an agent. It holds nothing but where the agent's classes are. */
public final class AgentJar {

  private AgentJar() {}

  /**
   * Writes it, for a java that starts and for one that runs.
   *
   * @param others what the agent needs and has not beside it
   */
  public static void write(Path file, Class<?> agent, Class<?>... others) {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), agent.getName());
    attributes.put(new Attributes.Name("Agent-Class"), agent.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        place(agent)
            + Arrays.stream(others).map(it -> " " + place(it)).collect(Collectors.joining()));
    try (var out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
