package dev.earshot.portal;

import dev.earshot.engine.definition.DefinitionKind;
import dev.earshot.portal.delivery.Deliveries;
import dev.earshot.portal.delivery.DeliveryEndpoints;
import dev.earshot.portal.http.Api;
import dev.earshot.portal.http.Endpoint;
import dev.earshot.portal.key.KeyEndpoints;
import dev.earshot.portal.key.KeyRing;
import dev.earshot.portal.log.MailboxEndpoints;
import dev.earshot.portal.log.TailEndpoints;
import dev.earshot.portal.people.People;
import dev.earshot.portal.people.PeopleEndpoints;
import dev.earshot.portal.publishing.BodyCheck;
import dev.earshot.portal.publishing.DefinitionEndpoints;
import dev.earshot.portal.publishing.JourneyCheck;
import dev.earshot.portal.publishing.Publications;
import dev.earshot.portal.publishing.Publisher;
import dev.earshot.portal.publishing.Sealing;
import dev.earshot.portal.status.FrontPage;
import dev.earshot.portal.status.Node;
import dev.earshot.portal.status.StatusEndpoints;
import dev.earshot.stream.DefinitionStore;
import dev.earshot.stream.LogReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The management API and the page at the root, ready to be mounted beside the gateway. */
public final class Portal implements AutoCloseable {

  private final List<Endpoint> endpoints;
  private final DeliveryEndpoints deliveries;
  private final Api api;

  /**
   * What the portal needs of the rest.
   *
   * @param templates how templates are judged
   * @param destinations how destinations are judged
   * @param sealing keeps what is secret in destinations
   * @param scrape all metrics in the text form of Prometheus
   */
  public record Ports(
      DefinitionStore definitions,
      LogReader log,
      People people,
      Deliveries deliveries,
      Node node,
      BodyCheck templates,
      BodyCheck destinations,
      Sealing sealing,
      MeterRegistry meters,
      Supplier<String> scrape,
      InstantSource clock) {}

  public Portal(Vertx vertx, Ports ports) {
    var publications = new Publications(ports.definitions());
    var publisher = new Publisher(publications, checks(ports), ports.sealing(), ports.clock());
    deliveries = new DeliveryEndpoints(ports.deliveries(), ports.log(), ports.clock());
    endpoints =
        Stream.of(
                new FrontPage(ports.node(), ports.definitions(), ports.clock()).endpoints(),
                new StatusEndpoints(ports.node(), ports.scrape()).endpoints(),
                new DefinitionEndpoints(publisher, publications, ports.sealing()).endpoints(),
                new PeopleEndpoints(ports.people(), ports.log()).endpoints(),
                deliveries.endpoints(),
                new TailEndpoints(ports.log()).endpoints(),
                new MailboxEndpoints(ports.log()).endpoints(),
                new KeyEndpoints(publications, ports.clock()).endpoints())
            .flatMap(List::stream)
            .toList();
    api =
        new Api(
            vertx,
            KeyRing.of(ports.definitions()),
            () -> ports.node().readiness().ready(),
            ports.meters());
  }

  private static Map<DefinitionKind, BodyCheck> checks(Ports ports) {
    return Map.of(
        DefinitionKind.TEMPLATE,
        ports.templates(),
        DefinitionKind.DESTINATION,
        ports.destinations(),
        DefinitionKind.JOURNEY,
        new JourneyCheck());
  }

  /** Every operation, as {@code docs/openapi/management.yaml} describes them. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Mounts the portal; whatever else the router serves under {@code /api} must come before. */
  public void mount(Router router) {
    api.mount(router, endpoints);
  }

  /** Ends what is being streamed and carried out. */
  @Override
  public void close() {
    deliveries.close();
    api.close();
  }
}
