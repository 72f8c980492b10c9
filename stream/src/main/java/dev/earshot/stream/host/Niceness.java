package dev.earshot.stream.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a thread give way to the others. Linux keeps a nice value for each thread, which Java has no
 * word for; elsewhere nothing happens.
 */
final class Niceness {

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  /** About a tenth of the weight of a usual thread. */
  private static final int NICE = 10;

  /** For {@code setpriority(2)}: one process, which to Linux is one thread; 0 is the caller. */
  private static final int PROCESS = 0;

  private static final int CALLER = 0;

  private Niceness() {}

  /** From now on the calling thread runs when the usual ones leave time for it. */
  @SuppressWarnings("restricted") // a call into the C library
  static void giveWay() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    var linker = Linker.nativeLinker();
    var ofThreeNumbers =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      var setPriority =
          linker.downcallHandle(linker.defaultLookup().findOrThrow("setpriority"), ofThreeNumbers);
      int failed = (int) setPriority.invokeExact(PROCESS, CALLER, NICE);
      LOG.debug("{} gives way: {}", Thread.currentThread().getName(), failed == 0);
    } catch (Throwable e) {
      LOG.debug("{} cannot give way", Thread.currentThread().getName(), e);
    }
  }
}
