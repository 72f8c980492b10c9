package dev.earshot.gateway;

import org.jspecify.annotations.Nullable;

/** Paths as clients write them: with doubled slashes, and one too many at the end. */
final class Paths {

  private Paths() {}

  static String normal(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return "/";
    }
    boolean plain = path.indexOf("//") < 0 && (path.length() == 1 || !path.endsWith("/"));
    return plain ? path : collapsed(path);
  }

  private static String collapsed(String path) {
    var normal = new StringBuilder(path.length());
    for (int at = 0; at < path.length(); at++) {
      boolean repeated =
          path.charAt(at) == '/' && !normal.isEmpty() && normal.charAt(normal.length() - 1) == '/';
      if (!repeated) {
        normal.append(path.charAt(at));
      }
    }
    int end = normal.length() - 1;
    return end > 0 && normal.charAt(end) == '/' ? normal.substring(0, end) : normal.toString();
  }
}
