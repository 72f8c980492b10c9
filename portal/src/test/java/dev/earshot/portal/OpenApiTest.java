package dev.earshot.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Value;
import dev.earshot.event.Value.Fields;
import dev.earshot.event.Value.Items;
import dev.earshot.event.Value.Text;
import dev.earshot.portal.http.Access;
import dev.earshot.portal.http.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documents say what the server does, and are what OpenAPI 3.1 allows. */
class OpenApiTest {

  private static final Path FOLDER = folder();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() throws IOException {
    var documented = new TreeSet<String>();
    for (var operation : operations(document(FOLDER.resolve("management.yaml")))) {
      documented.add(operation.name());
    }

    assertEquals(new TreeSet<>(endpoints().stream().map(OpenApiTest::name).toList()), documented);
  }

  @Test
  void theDocumentKnowsTheParametersTheServerKnows() throws IOException {
    var root = document(FOLDER.resolve("management.yaml"));
    var endpoints = endpoints().stream().collect(Collectors.toMap(OpenApiTest::name, e -> e));

    for (var operation : operations(root)) {
      var endpoint = endpoints.get(operation.name());
      assertTrue(endpoint != null, operation.name());
      assertEquals(endpoint.query(), operation.parameters(root, "query"), operation.name());
      assertEquals(
          endpoint.takesBody(),
          operation.fields().get("requestBody") instanceof Fields,
          operation.name());
      assertEquals(
          endpoint.access() == Access.OPEN,
          operation.fields().get("security").equals(new Items(List.of())),
          operation.name());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyDocumentIsWellFormed() throws IOException {
    return documents().stream()
        .map(path ->
            DynamicTest.dynamicTest(
                path.getFileName().toString(), () -> assertWellFormed(document(path))));
  }

  /** The linter that others use, where Node is installed; the other tests need nothing. */
  @Test
  void aLinterFindsNothing() throws Exception {
    if (!hasNode()) {
      return;
    }
    var work = Path.of("target", "openapi-lint").toAbsolutePath();
    Files.createDirectories(work);
    for (var file : List.of("package.json", "package-lock.json")) {
      Files.copy(FOLDER.resolve(file), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(work, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");

    var lint =
        new ArrayList<>(
            List.of(
                work.resolve("node_modules/.bin/redocly").toString(),
                "lint",
                "--config",
                FOLDER.resolve("redocly.yaml").toString()));
    documents().forEach(path -> lint.add(path.toString()));
    run(work, lint.toArray(String[]::new));
  }

  private static void assertWellFormed(Fields root) {
    assertTrue(root.get("openapi").shown().startsWith("3.1."));
    assertFalse(root.at("info.title").shown().isEmpty());
    assertFalse(root.at("info.version").shown().isEmpty());
    assertReferencesLead(root, root, "#");
    var ids = new HashSet<String>();
    for (var operation : operations(root)) {
      var id = operation.fields().get("operationId").shown();
      assertTrue(!id.isEmpty() && ids.add(id), operation.name() + ": an operationId of its own");
      assertFalse(operation.fields().get("summary").shown().isEmpty(), operation.name());
      assertEquals(operation.variables(), operation.parameters(root, "path"), operation.name());
      assertResponses(operation);
    }
  }

  private static void assertResponses(Operation operation) {
    assertTrue(operation.fields().get("responses") instanceof Fields, operation.name());
    var responses = (Fields) operation.fields().get("responses");
    assertTrue(
        responses.fields().keySet().stream().anyMatch(status -> status.startsWith("2")),
        operation.name());
    responses
        .fields()
        .forEach((status, response) -> {
          assertTrue(status.matches("[1-5](\\d\\d|XX)|default"), operation.name() + status);
          var fields = (Fields) response;
          assertTrue(
              fields.get("$ref") instanceof Text || fields.get("description") instanceof Text,
              operation.name() + " " + status);
        });
  }

  private static void assertReferencesLead(Fields root, Value value, String where) {
    switch (value) {
      case Fields(var members) ->
          members.forEach((name, member) -> {
            if (name.equals("$ref")) {
              assertTrue(
                  !(at(root, member.shown()) instanceof Value.Nothing),
                  where + ": " + member.shown() + " leads nowhere");
            } else {
              assertReferencesLead(root, member, where + "/" + name);
            }
          });
      case Items(var items) -> items.forEach(item -> assertReferencesLead(root, item, where));
      default -> {}
    }
  }

  private record Operation(String method, String path, Fields fields, Fields shared) {

    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    Set<String> variables() {
      return Stream.of(path.split("/", -1))
          .filter(part -> part.startsWith("{"))
          .map(part -> part.substring(1, part.length() - 1))
          .collect(Collectors.toSet());
    }

    Set<String> parameters(Fields root, String in) {
      return Stream.of(fields, shared)
          .map(owner -> owner.get("parameters"))
          .flatMap(list -> list instanceof Items(var items) ? items.stream() : Stream.empty())
          .map(parameter -> resolved(root, (Fields) parameter))
          .filter(parameter -> parameter.get("in").shown().equals(in))
          .map(parameter -> parameter.get("name").shown())
          .collect(Collectors.toSet());
    }
  }

  private static List<Operation> operations(Fields root) {
    var operations = new ArrayList<Operation>();
    ((Fields) root.get("paths"))
        .fields()
        .forEach((path, item) ->
            ((Fields) item)
                .fields()
                .forEach((method, operation) -> {
                  if (METHODS.contains(method)) {
                    operations.add(new Operation(method, path, (Fields) operation, (Fields) item));
                  }
                }));
    return operations;
  }

  private static Fields resolved(Fields root, Fields parameter) {
    return parameter.get("$ref") instanceof Text(var reference)
        ? (Fields) at(root, reference)
        : parameter;
  }

  private static Value at(Fields root, String reference) {
    Value value = root;
    for (var part : reference.substring(2).split("/", -1)) {
      value = value instanceof Fields fields ? fields.get(part) : Value.Nothing.NOTHING;
    }
    return value;
  }

  private static List<Endpoint> endpoints() {
    try (var portal = new TestPortal()) {
      return portal.portal().endpoints();
    }
  }

  private static String name(Endpoint endpoint) {
    return endpoint.method() + " " + endpoint.path();
  }

  private static List<Path> documents() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(path -> path.toString().endsWith(".yaml"))
          .filter(path -> !path.endsWith("redocly.yaml"))
          .sorted()
          .toList();
    }
  }

  private static Fields document(Path path) throws IOException {
    var loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(path));
    return (Fields) value(loaded);
  }

  private static Value value(Object loaded) {
    return switch (loaded) {
      case Map<?, ?> map -> {
        var fields = new LinkedHashMap<String, Value>();
        map.forEach((name, member) -> fields.put(String.valueOf(name), value(member)));
        yield new Fields(fields);
      }
      case List<?> list -> new Items(list.stream().map(OpenApiTest::value).toList());
      case String text -> Value.of(text);
      default -> Json.parse(String.valueOf(loaded));
    };
  }

  private static Path folder() {
    var here = Path.of("").toAbsolutePath();
    var root = here.endsWith("portal") ? here.resolve("..").normalize() : here;
    return root.resolve("docs/openapi");
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("npm", "--version").start().waitFor(60, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
  }
}
