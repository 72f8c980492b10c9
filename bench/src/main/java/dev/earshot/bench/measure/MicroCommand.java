package dev.earshot.bench.measure;

import dev.earshot.bench.command.Arguments;
import dev.earshot.bench.command.BenchFailure;
import dev.earshot.bench.command.Command;
import dev.earshot.bench.command.Option;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What each hot path costs when it runs alone: parse, admit, step, codec. */
public final class MicroCommand implements Command {

  private static final Option ONLY = new Option("only", ".*", "a regular expression of names");
  private static final Option ROUNDS = new Option("rounds", "5", "measurements of a second each");

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String summary() {
    return "microseconds and bytes that each hot path costs, measured by JMH without a server";
  }

  @Override
  public List<Option> options() {
    return List.of(ONLY, ROUNDS);
  }

  @Override
  public boolean run(Arguments arguments, PrintStream out, PrintStream err) {
    int rounds = arguments.number(ROUNDS);
    var options =
        new OptionsBuilder()
            .include("bench.micro.*" + arguments.text(ONLY))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(rounds)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    try {
      return !new Runner(options).run().isEmpty();
    } catch (RunnerException e) {
      throw new BenchFailure("The benchmarks did not run.", e);
    }
  }
}
