package dev.earshot.portal.publishing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The one way in which a definition is shown, so that a difference in text is one in meaning. */
final class CanonicalText {

  private static final int CONTEXT_LINES = 3;

  private CanonicalText() {}

  static String of(Fields body) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(plain(body));
  }

  /** The difference as patch tools write it; empty when there is none. */
  static String diff(String fromName, Fields from, String toName, Fields to) {
    var old = lines(from);
    var patch = DiffUtils.diff(old, lines(to));
    var lines = UnifiedDiffUtils.generateUnifiedDiff(fromName, toName, old, patch, CONTEXT_LINES);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static List<String> lines(Fields body) {
    return body.fields().isEmpty() ? List.of() : of(body).lines().toList();
  }

  private static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(var number) -> number;
      case Value.Decimal(var number) -> number;
      case Value.Truth(var truth) -> truth;
      case Value.Nothing() -> null;
      case Value.Items(var items) -> items.stream().map(CanonicalText::plain).toList();
      case Fields(var fields) -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((name, field) -> map.put(name, plain(field)));
        yield map;
      }
    };
  }
}
