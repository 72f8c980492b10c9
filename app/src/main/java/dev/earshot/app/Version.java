package dev.earshot.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("of no release");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Earshot " + text() + " on Java " + Runtime.version()};
  }
}
