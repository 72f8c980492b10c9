package dev.earshot.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the figures were measured on. */
public final class Machine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";
  private static final double GIGABYTE = 1024.0 * 1024 * 1024;

  private Machine() {}

  public static String describe() {
    var system = system();
    return "%d cores, %s %s, Java %s, load average %.1f at the start"
        .formatted(
            system.getAvailableProcessors(),
            system.getName(),
            system.getVersion(),
            System.getProperty("java.version"),
            system.getSystemLoadAverage());
  }

  /** The same and more, by name. */
  public static Map<String, String> details() {
    var system = system();
    var details = new LinkedHashMap<String, String>();
    details.put("cores", Integer.toString(system.getAvailableProcessors()));
    details.put("processor", processor(system.getArch()));
    details.put("memory", "%.1f GB".formatted(system.getTotalMemorySize() / GIGABYTE));
    details.put("system", system.getName() + " " + system.getVersion());
    details.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    details.put("load average", load() + " at the start");
    if (system.getSystemLoadAverage() > system.getAvailableProcessors() / 2.0) {
      details.put("beware", "other programs were at work: figures are too low, ratios uncertain");
    }
    return details;
  }

  public static String loadAtTheEnd() {
    return ", " + load() + " at the end";
  }

  private static String load() {
    return String.format(Locale.ROOT, "%.1f", system().getSystemLoadAverage());
  }

  /** Linux tells the model; elsewhere it is only known which architecture it is. */
  private static String processor(String architecture) {
    if (!Files.isReadable(PROCESSORS)) {
      return architecture;
    }
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
