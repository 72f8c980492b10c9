package dev.earshot.portal.publishing;

import dev.earshot.event.Value;
import java.util.List;
import java.util.Map;

/**
 * A value of a file that knows where it stands, and so do its parts.
 *
 * @param place where it is named, or where it begins when it has no name
 * @param size how many values it consists of
 */
record Located(
    Value value, Place place, Map<String, Located> members, List<Located> items, int size) {

  Located {
    members = Map.copyOf(members);
    items = List.copyOf(items);
  }

  Located at(Place other) {
    return new Located(value, other, members, items, size);
  }

  /**
   * Where the value at {@code path} stands; where it is missing, the nearest value around it.
   * Understands {@code steps[0].send} and tries the longest name first, for names with dots.
   */
  Place find(String path) {
    if (path.isEmpty()) {
      return place;
    }
    if (path.startsWith(".")) {
      return find(path.substring(1));
    }
    if (path.startsWith("[")) {
      return findItem(path);
    }
    for (int end = path.length(); end > 0; end--) {
      var member = isNameEnd(path, end) ? members.get(path.substring(0, end)) : null;
      if (member != null) {
        return member.find(path.substring(end));
      }
    }
    return place;
  }

  private Place findItem(String path) {
    int close = path.indexOf(']');
    if (close < 2) {
      return place;
    }
    int index = number(path.substring(1, close));
    return index < 0 || index >= items.size()
        ? place
        : items.get(index).find(path.substring(close + 1));
  }

  private static boolean isNameEnd(String path, int end) {
    return end == path.length() || path.charAt(end) == '.' || path.charAt(end) == '[';
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
