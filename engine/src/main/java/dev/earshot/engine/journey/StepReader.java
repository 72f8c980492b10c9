package dev.earshot.engine.journey;

import dev.earshot.engine.audience.Condition;
import dev.earshot.engine.audience.ConditionReader;
import dev.earshot.engine.definition.Body;
import dev.earshot.engine.journey.Node.Branch;
import dev.earshot.engine.journey.Node.Send;
import dev.earshot.engine.journey.Node.Wait;
import dev.earshot.engine.journey.Node.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the nested steps of a journey into the flat list of its nodes. The steps within a step
 * follow it in the list, and the last of them goes on with the step after it.
 */
final class StepReader {

  static final int STEPS_MAX = 50;
  static final int DEPTH_MAX = 8;

  private static final String EMAIL = "email";
  private static final Duration EXPIRY = Duration.ofDays(1);
  private static final Condition NO_CONDITION = new Condition.All(List.of());
  private static final EventFilter NO_FILTER = new EventFilter("", Optional.empty());

  private StepReader() {}

  /** A step as it was read: a node that is still to learn which nodes follow it. */
  private record Step(Draft draft, List<Step> then, List<Step> otherwise) {

    static Step single(Draft draft) {
      return new Step(draft, List.of(), List.of());
    }

    int size() {
      return 1 + sizeOf(then) + sizeOf(otherwise);
    }
  }

  @FunctionalInterface
  private interface Draft {
    Node node(int next, int then, int otherwise);
  }

  static List<Node> steps(Body body) {
    if (!body.has("steps")) {
      body.missing("steps", "a list of steps");
    }
    var steps = read(body, "steps", 1);
    if (sizeOf(steps) > STEPS_MAX) {
      body.problem("steps", "at most " + STEPS_MAX + " steps, those inside steps included");
    }
    var nodes = new ArrayList<Node>();
    flatten(steps, sizeOf(steps), nodes);
    return nodes;
  }

  /** Adds the nodes of the steps, of which the last goes on with the node {@code after}. */
  private static void flatten(List<Step> steps, int after, List<Node> nodes) {
    for (int index = 0; index < steps.size(); index++) {
      var step = steps.get(index);
      int next = index == steps.size() - 1 ? after : nodes.size() + step.size();
      int then = nodes.size() + 1;
      int otherwise = then + sizeOf(step.then());
      nodes.add(
          step.draft()
              .node(
                  next,
                  step.then().isEmpty() ? next : then,
                  step.otherwise().isEmpty() ? next : otherwise));
      flatten(step.then(), next, nodes);
      flatten(step.otherwise(), next, nodes);
    }
  }

  private static int sizeOf(List<Step> steps) {
    return steps.stream().mapToInt(Step::size).sum();
  }

  private static List<Step> read(Body body, String name, int depth) {
    if (depth > DEPTH_MAX && body.has(name)) {
      body.problem(name, "at most " + DEPTH_MAX + " steps inside one another");
      return List.of();
    }
    return body.bodies(name, STEPS_MAX).stream().map(step -> read(step, depth)).toList();
  }

  private static Step read(Body body, int depth) {
    var step = readOne(body, depth);
    body.end();
    return step;
  }

  private static Step readOne(Body body, int depth) {
    var path = body.path();
    if (body.has("send")) {
      return Step.single(send(body, path));
    }
    if (body.has("wait")) {
      var duration = ConditionReader.duration(body, "wait", JourneyReader.PERIOD_MAX);
      return Step.single((next, _, _) -> new Wait(path, duration.orElse(EXPIRY), next));
    }
    if (body.has("wait-for")) {
      return waitFor(body, path, depth);
    }
    if (body.has("branch")) {
      return branch(body, path, depth);
    }
    body.problem("one of send, wait, wait-for, branch");
    return Step.single((next, _, _) -> new Wait(path, EXPIRY, next));
  }

  private static Draft send(Body step, String path) {
    var send = step.body("send");
    if (send.isEmpty()) {
      return (next, _, _) -> new Send(path, EMAIL, EMAIL, null, EXPIRY, next);
    }
    var body = send.get();
    var channel = body.requiredText("channel");
    boolean email = channel.equals(EMAIL);
    var template = body.text("template");
    if (email && !body.has("template")) {
      body.missing("template", "the id of a template");
    }
    var destination = email ? EMAIL : body.requiredText("destination");
    var expiry =
        ConditionReader.duration(body, "expires", ConditionReader.WINDOW_MAX).orElse(EXPIRY);
    body.end();
    return (next, _, _) ->
        new Send(path, channel, destination, template.orElse(null), expiry, next);
  }

  private static Step waitFor(Body step, String path, int depth) {
    var body = step.body("wait-for");
    var filter = body.map(JourneyReader::filterOf).orElse(NO_FILTER);
    var within = body.flatMap(StepReader::within).orElse(EXPIRY);
    body.ifPresent(Body::end);
    return new Step(
        (_, then, otherwise) -> new WaitFor(path, filter, within, then, otherwise),
        read(step, "then", depth + 1),
        read(step, "otherwise", depth + 1));
  }

  private static Optional<Duration> within(Body body) {
    if (!body.has("within")) {
      body.missing("within", "a duration such as 3d");
    }
    return ConditionReader.duration(body, "within", JourneyReader.PERIOD_MAX);
  }

  private static Step branch(Body step, String path, int depth) {
    var branch = step.body("branch");
    if (branch.isEmpty()) {
      return Step.single((next, _, _) -> new Branch(path, NO_CONDITION, next, next));
    }
    var body = branch.get();
    if (!body.has("if")) {
      body.missing("if", "a condition");
    }
    var condition = ConditionReader.condition(body, "if").orElse(NO_CONDITION);
    var whole =
        new Step(
            (_, then, otherwise) -> new Branch(path, condition, then, otherwise),
            read(body, "then", depth + 1),
            read(body, "else", depth + 1));
    body.end();
    return whole;
  }
}
