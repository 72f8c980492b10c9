package dev.earshot.portal.publishing;

import dev.earshot.engine.definition.Definition;
import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.event.JsonWriter;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Nothing;
import dev.earshot.event.Value.Text;
import dev.earshot.event.Value.Truth;
import dev.earshot.portal.http.Answer;
import dev.earshot.portal.http.Call;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.http.Problem;
import dev.earshot.portal.http.Refusal;
import dev.earshot.portal.publishing.Publisher.Order;
import dev.earshot.portal.publishing.Publisher.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies files, and shows what is published. */
public final class DefinitionEndpoints {

  public static final int FILES_MAX = 200;
  public static final int TEXT_LENGTH_MAX = 1024 * 1024;

  private static final int PATH_LENGTH_MAX = 1024;
  private static final int FAULTS_SHOWN_MAX = 100;

  private final Publisher publisher;
  private final Publications publications;
  private final Sealing sealing;

  public DefinitionEndpoints(Publisher publisher, Publications publications, Sealing sealing) {
    this.publisher = publisher;
    this.publications = publications;
    this.sealing = sealing;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/definitions/apply", Set.of("dryRun"), this::apply),
        Endpoint.get("/api/definitions", Set.of("kind"), this::list),
        Endpoint.get("/api/definitions/{kind}/{id}", Set.of("version"), this::show));
  }

  private Answer apply(Call call) {
    var document = call.document(Set.of("files", "prune"));
    var order =
        new Order(
            call.workspace(),
            call.admin().signature(),
            files(document.get("files")),
            prune(document.get("prune")),
            call.flag("dryRun", false));
    return switch (publisher.apply(order)) {
      case Result.Faulty(var faults) -> Answer.failed(invalid(faults));
      case Result.Compared compared -> Answer.object(json -> write(json, compared));
    };
  }

  private static List<SourceFile> files(Value value) {
    if (!(value instanceof Items(var items)) || items.isEmpty()) {
      throw bad("files must be a list of objects with path and text.");
    }
    if (items.size() > FILES_MAX) {
      throw tooLarge("At most " + FILES_MAX + " files can be applied at once.");
    }
    var files = items.stream().map(DefinitionEndpoints::file).toList();
    if (files.stream().mapToLong(file -> file.text().length()).sum() > TEXT_LENGTH_MAX) {
      throw tooLarge("All files together may have " + TEXT_LENGTH_MAX + " characters.");
    }
    return files;
  }

  private static SourceFile file(Value value) {
    if (value instanceof Fields file
        && file.get("path") instanceof Text(var path)
        && file.get("text") instanceof Text(var text)
        && file.fields().size() == 2
        && path.length() <= PATH_LENGTH_MAX) {
      return new SourceFile(path, text);
    }
    throw bad("Each of files must have a path and a text, and nothing else.");
  }

  private static boolean prune(Value value) {
    return switch (value) {
      case Nothing _ -> false;
      case Truth(var prune) -> prune;
      default -> throw bad("prune must be true or false.");
    };
  }

  private static Refusal bad(String detail) {
    return new Refusal(Problem.badRequest("bad_member", detail));
  }

  private static Refusal tooLarge(String detail) {
    return new Refusal(Problem.of(413, "too_large", "The request is too large.", detail));
  }

  private static Problem invalid(List<SourceFault> faults) {
    var errors = faults.stream().limit(FAULTS_SHOWN_MAX).map(DefinitionEndpoints::error).toList();
    return Problem.of(
            422,
            "invalid_definitions",
            "The definitions are not usable.",
            faults.size() == 1
                ? faults.getFirst().detail()
                : faults.size() + " things are wrong; nothing was published.")
        .with("errors", new Items(errors));
  }

  private static Value error(SourceFault fault) {
    Map<String, Value> error = new LinkedHashMap<>();
    error.put("file", Value.of(fault.file()));
    error.put("line", Value.of((long) fault.line()));
    error.put("column", Value.of((long) fault.column()));
    error.put("path", Value.of(fault.path()));
    error.put("expected", Value.of(fault.expected()));
    error.put("found", Value.of(fault.found()));
    error.put("detail", Value.of(fault.detail()));
    return new Fields(error);
  }

  private static void write(JsonWriter json, Result.Compared compared) {
    json.name("applied").truth(compared.applied()).name("changes").openItems();
    compared.changes().forEach(change -> change.write(json));
    json.closeItems().name("warnings").openItems();
    for (var warning : compared.warnings()) {
      json.open()
          .member("file", warning.file())
          .member("line", warning.line())
          .member("column", warning.column())
          .member("message", warning.detail())
          .close();
    }
    json.closeItems();
  }

  private Answer list(Call call) {
    var kinds = call.text("kind").map(word -> List.of(kind(word))).orElse(Publisher.KINDS);
    return Answer.object(json -> {
      json.name("definitions").openItems();
      for (var kind : kinds) {
        publications
            .store()
            .current(call.workspace(), kind)
            .forEach(definition -> summary(json.open(), definition).close());
      }
      json.closeItems();
    });
  }

  private Answer show(Call call) {
    var kind = kind(call.variable("kind"));
    var id = call.variable("id");
    return find(call, kind, id)
        .map(found -> Answer.object(json -> summary(json, found).name("body").value(shown(found))))
        .orElseGet(() ->
            Answer.failed(
                Problem.notFound(
                    "unknown_definition", "There is no " + kind.word() + " " + id + ".")));
  }

  private Fields shown(Definition definition) {
    return definition.kind() == DefinitionKind.DESTINATION
        ? sealing.masked(definition.body())
        : definition.body();
  }

  private Optional<Definition> find(Call call, DefinitionKind kind, String id) {
    var store = publications.store();
    if (call.text("version").isEmpty()) {
      return store.latest(call.workspace(), kind, id);
    }
    return store.version(call.workspace(), kind, id, call.count("version", 1, Integer.MAX_VALUE));
  }

  /** Keys are definitions too, and are shown by their own endpoints only. */
  private static DefinitionKind kind(String word) {
    return DefinitionKind.of(word)
        .filter(Publisher.KINDS::contains)
        .orElseThrow(() -> Call.wrong("kind", "template, destination or journey", word));
  }

  private static JsonWriter summary(JsonWriter json, Definition definition) {
    return json.member("kind", definition.kind().word())
        .member("id", definition.id())
        .member("version", definition.version())
        .name("retired")
        .truth(definition.retired())
        .member("publishedAt", definition.publishedAt())
        .member("publishedBy", definition.publishedBy());
  }
}
