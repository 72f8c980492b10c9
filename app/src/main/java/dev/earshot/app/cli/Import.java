package dev.earshot.app.cli;

import dev.earshot.app.cli.HistoryReader.Part;
import dev.earshot.event.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Sends lines into a server's past, part after part in the order of the file; while one part is on
 * its way the next is read. What the server has acknowledged is told at once, so that an import
 * that was cut off can go on where it stood.
 */
final class Import {

  private static final String PATH = "/v1/history";

  private final ImportErrors errors;
  private final Api api;
  private final Patience patience;

  Import(ImportErrors errors, Api api, Patience patience) {
    this.errors = errors;
    this.api = api;
    this.patience = patience;
  }

  /** Sends all that is left, and returns how far that is. */
  ImportProgress run(
      HistoryReader reader, ImportProgress before, Consumer<ImportProgress> acknowledged) {
    var progress = before;
    var part = reader.next();
    while (part.isPresent()) {
      var sent = send(part.get().batch());
      var following = reader.next();
      progress = settle(part.get(), sent, progress);
      acknowledged.accept(progress);
      part = following;
    }
    return progress;
  }

  private ImportProgress settle(
      Part part, CompletableFuture<Answer> sent, ImportProgress progress) {
    for (var unusable : part.unusable()) {
      errors.add(unusable.line(), unusable.reason());
    }
    long accepted = accepted(part.batch(), sent);
    errors.flush();
    long refused = part.batch().lines().size() + part.unusable().size() - accepted;
    return new ImportProgress(
        part.endBytes(),
        part.endLine(),
        progress.accepted() + accepted,
        progress.refused() + refused);
  }

  /** The answer to come; a part of unusable lines alone has nothing to send. */
  private CompletableFuture<Answer> send(HistoryBatch batch) {
    if (batch.isEmpty()) {
      return CompletableFuture.completedFuture(new Answer(200, Optional.empty(), ""));
    }
    return api.askAsync(PATH, batch.body());
  }

  /** How many messages of the batch the server accepted; the others are among the errors. */
  private long accepted(HistoryBatch batch, CompletableFuture<Answer> sent) {
    var answer = patience.answer(sent, () -> send(batch));
    var lines = batch.lines();
    var results = Shown.items(answer.fields().get("results"));
    if (!results.isEmpty()) {
      return lines.size() - noteRefused(lines, results);
    }
    if (answer.isSuccess()) {
      return lines.size();
    }
    if (!isAboutMessages(answer)) {
      throw new CommandFailure(answer.refusal());
    }
    if (lines.size() == 1) {
      errors.add(lines.getFirst(), answer.refusal());
      return 0;
    }
    int middle = lines.size() / 2;
    var first = batch.part(0, middle);
    var second = batch.part(middle, lines.size());
    return accepted(first, send(first)) + accepted(second, send(second));
  }

  private long noteRefused(List<HistoryLine> lines, List<Fields> results) {
    long refused = 0;
    for (var result : results) {
      int index = (int) Shown.number(result.get("index"));
      if (!result.get("status").shown().equals("accepted") && index < lines.size()) {
        errors.add(lines.get(index), reason(result));
        refused++;
      }
    }
    return refused;
  }

  private static String reason(Fields result) {
    return result.get("status").shown()
        + ": "
        + result.get("reason").shown()
        + " ("
        + result.get("code").shown()
        + ")";
  }

  /** Whether the server minds something in the request, and not who sends it or where to. */
  private static boolean isAboutMessages(Answer answer) {
    return answer.status() == 400 || answer.status() == 413 || answer.status() == 422;
  }
}
