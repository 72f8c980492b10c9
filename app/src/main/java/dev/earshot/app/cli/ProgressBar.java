package dev.earshot.app.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a long task is: a bar that is drawn over itself on a terminal, and otherwise a line every
 * few seconds.
 */
public final class ProgressBar {

  private static final int CELLS = 28;
  private static final Duration REDRAW = Duration.ofMillis(120);
  private static final Duration LINE = Duration.ofSeconds(5);

  private final Screen screen;
  private final String task;
  private final long startNanos = System.nanoTime();
  private long shownNanos = startNanos;

  public ProgressBar(String task, Screen screen) {
    this.task = task;
    this.screen = screen;
  }

  /**
   * Shows how far it is, if it is time to show something again.
   *
   * @param done from 0 to 1, or negative when nobody knows
   * @param counted what was done so far, such as {@code 12,000 events, 48,000/s}
   */
  public void show(double done, String counted) {
    long now = System.nanoTime();
    var pause = isDrawn() ? REDRAW : LINE;
    if (now - shownNanos < pause.toNanos()) {
      return;
    }
    shownNanos = now;
    var line = line(done, counted, Duration.ofNanos(now - startNanos));
    if (isDrawn()) {
      screen.err().print("\r\u001b[2K" + line);
      screen.err().flush();
    } else {
      screen.remark(line);
    }
  }

  /** Ends with a last line that stays. */
  public void end(String sentence) {
    screen.remark((isDrawn() ? "\r\u001b[2K" : "") + sentence);
  }

  public double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  String line(double done, String counted, Duration taken) {
    if (done < 0) {
      return task + "  " + counted;
    }
    double share = Math.min(1, done);
    int full = (int) (share * CELLS);
    return String.format(
        Locale.ROOT,
        "%s  %s%s %3.0f %%  %s%s",
        task,
        "█".repeat(full),
        "░".repeat(CELLS - full),
        share * 100,
        counted,
        left(share, taken));
  }

  private boolean isDrawn() {
    return screen.ink() == Ink.COLOURED;
  }

  private static String left(double share, Duration taken) {
    if (share <= 0 || share >= 1) {
      return "";
    }
    long seconds = (long) (taken.toMillis() / 1000.0 * (1 - share) / share) + 1;
    return String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
  }
}
