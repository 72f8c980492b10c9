package dev.earshot.stream.cluster;

import static dev.earshot.stream.cluster.StreamException.Code.LOG_DAMAGED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.earshot.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.PropertiesUtils;
import org.apache.kafka.metadata.util.BatchFileReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a broker notes beside its log, such as how far it has flushed and who it is. At the sight of
 * a damaged note it ends, and a partition without its topic's id it sets aside as a stranger's: so
 * notes are put right before it reads them.
 */
final class BrokerNotes {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerNotes.class);

  private static final String IDENTITY = "meta.properties";
  private static final String IDENTITY_COPY = "meta.properties.copy";
  private static final String METADATA = "__cluster_metadata";
  private static final String TOPIC_ID = "partition.metadata";
  private static final int FOLDERS_DEEP = 2;
  private static final Pattern PARTITION = Pattern.compile("([\\w.-]+)-\\d+");

  /** A version, a count, and a line of names and numbers for each entry. */
  private static final Pattern CHECKPOINT_TEXT =
      Pattern.compile("(\\d+\\R\\d+\\R([\\w.-]+( \\d+)+\\R?)*)?");

  private static final Pattern TOPIC_ID_TEXT =
      Pattern.compile("version: \\d+\\Rtopic_id: [\\w-]{22}\\R?");

  private final Path directory;

  BrokerNotes(Path directory) {
    this.directory = directory;
  }

  /** Whether a broker has kept its log here. */
  boolean present() {
    return Files.exists(directory.resolve(IDENTITY));
  }

  /** Puts right what is damaged or missing; throws what cannot be. */
  void heal() throws IOException {
    var partitions = partitions();
    if (!partitions.isEmpty()) {
      restoreIdentity();
    }
    for (var partition : partitions) {
      restoreTopicId(partition, partitions);
    }
    removeDamaged();
  }

  /** Keeps a second copy of who the broker is: partitions are assigned to its folder by that id. */
  void keepIdentity() throws IOException {
    var copy = directory.resolve(IDENTITY_COPY);
    if (!isBroker(copy)) {
      Files.copy(directory.resolve(IDENTITY), copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void restoreIdentity() throws IOException {
    var identity = directory.resolve(IDENTITY);
    if (!isBroker(identity)
        && !restored(identity, List.of(directory.resolve(IDENTITY_COPY)), BrokerNotes::isBroker)) {
      throw lost(identity);
    }
  }

  /** All partitions of a topic have the same note, but for those that were never written to. */
  private void restoreTopicId(Path partition, List<Path> partitions) throws IOException {
    var note = partition.resolve(TOPIC_ID);
    var others =
        partitions.stream()
            .filter(other -> topic(other).equals(topic(partition)))
            .map(other -> other.resolve(TOPIC_ID))
            .toList();
    if (isTopicId(note) || restored(note, others, BrokerNotes::isTopicId)) {
      return;
    }
    if (holdsRecords(partition)) {
      throw lost(note);
    }
    Files.deleteIfExists(note);
  }

  private static boolean restored(Path note, List<Path> copies, Predicate<Path> form)
      throws IOException {
    var copy = copies.stream().filter(form).findFirst();
    if (copy.isPresent()) {
      Files.copy(copy.get(), note, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("{} was damaged or missing. It was made anew from {}.", note, copy.get());
    }
    return copy.isPresent();
  }

  private static StreamException lost(Path note) {
    return new StreamException(
        LOG_DAMAGED,
        "%s is damaged or missing, and the log cannot be read without it: put it back from a backup."
            .formatted(note));
  }

  private static boolean holdsRecords(Path partition) throws IOException {
    try (var files = Files.list(partition)) {
      return files.anyMatch(
          file -> file.getFileName().toString().endsWith(".log") && file.toFile().length() > 0);
    }
  }

  /** A missing one of these is made anew from the log. */
  private void removeDamaged() throws IOException {
    try (var files = Files.walk(directory, FOLDERS_DEEP)) {
      for (var file : files.filter(BrokerNotes::isDamaged).toList()) {
        Files.delete(file);
        LOG.warn("{} was damaged. It is made anew from the log.", file);
      }
    }
  }

  private static boolean isDamaged(Path file) {
    var name = file.getFileName().toString();
    if (name.endsWith("-checkpoint")) {
      return !holds(file, text -> CHECKPOINT_TEXT.matcher(text).matches());
    }
    return switch (name) {
      case "quorum-state" -> !holds(file, BrokerNotes::isElection);
      case "bootstrap.checkpoint" -> !isBatches(file);
      case TOPIC_ID -> file.endsWith(Path.of(METADATA + "-0", TOPIC_ID)) && !isTopicId(file);
      default -> false;
    };
  }

  private List<Path> partitions() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(Files::isDirectory)
          .filter(file -> PARTITION.matcher(file.getFileName().toString()).matches())
          .filter(file -> !topic(file).equals(METADATA))
          .sorted()
          .toList();
    }
  }

  private static String topic(Path partition) {
    return PARTITION.matcher(partition.getFileName().toString()).replaceFirst("$1");
  }

  private static boolean isTopicId(Path file) {
    return holds(file, text -> TOPIC_ID_TEXT.matcher(text).matches());
  }

  private static boolean holds(Path file, Predicate<String> form) {
    try {
      return form.test(new String(Files.readAllBytes(file), UTF_8));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isElection(String text) {
    try {
      return Json.parseFields(text.getBytes(UTF_8)).fields().containsKey("leaderEpoch");
    } catch (Json.Malformed e) {
      return false;
    }
  }

  private static boolean isBroker(Path file) {
    try {
      var broker =
          new MetaProperties.Builder(PropertiesUtils.readPropertiesFile(file.toString())).build();
      return broker.nodeId().isPresent() && broker.directoryId().isPresent();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isBatches(Path file) {
    try (var reader = new BatchFileReader.Builder().setPath(file.toString()).build()) {
      boolean some = false;
      while (reader.hasNext()) {
        some |= !reader.next().isControl();
      }
      return some;
    } catch (Exception e) {
      return false;
    }
  }
}
