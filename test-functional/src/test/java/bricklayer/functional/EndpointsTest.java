package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.StateRequest;
import bricklayer.functional.kube.ApiServer;
import bricklayer.functional.kube.Processes;
import bricklayer.functional.kube.Rights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Services and endpoints of clusters, kept in two namespaces of a Kubernetes whose nodes are elsewhere, or, where these are reached through pods, of theirs. */
final class EndpointsTest extends Scenario {

    private static final List<String> NAMESPACES = List.of("apps", "web");

    @SuppressWarnings("NullAway.Init")
    private ApiServer api;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    Stand.Access access() {
        Optional<ApiServer> ofThePods = ((SimulatedStand) stand).api();
        api = ofThePods.orElseGet(() -> ApiServer.start(Processes.here()));
        Stand.Access plain = stand.access();
        String bricklayer = ofThePods.isPresent()
                ? plain.bricklayer()
                : plain.bricklayer()
                        + ", \"kube\": { \"kubeconfig\": \"%s\" }"
                                .formatted(api.kubeconfig(folder.resolve("kubeconfig"), "storage"));
        return new Stand.Access(
                plain.glusterfs(),
                bricklayer.replace(
                        "\"kube\": {",
                        "\"kube\": { \"endpoints\": true, \"endpoints_namespaces\": \"apps,web\", \"endpoints_period_seconds\": 1,"));
    }

    @AfterAll
    void closeApi() {
        // begin() may have been cut short
        if (api != null) {
            api.close();
        }
    }

    @Test
    void endpointsFollowTheNodesAndAreRepaired() throws IOException, InterruptedException {
        loadTopology(1);
        String cluster = client.clusters().getFirst();
        String name = "glusterfs-" + cluster;
        awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3");
        NAMESPACES.forEach(
                namespace -> assertThat(api.clusterIp(namespace, name)).contains("None"));

        // somebody else
        api.delete("endpoints", "apps", name);
        api.delete("services", "web", name);
        api.setAddresses("web", name, List.of("10.9.9.9"));
        awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3");
        Eventually.within(
                PATIENCE,
                Duration.ofMillis(50),
                "the service is back",
                () -> api.clusterIp("web", name).isPresent());

        // nodes come and go
        NodeInfo added = client.addNode(
                new NodeAddRequest(4, new Hostnames(List.of("node4"), List.of("10.0.0.4")), cluster, Map.of()));
        awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
        client.deleteNode(added.id());
        awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3");

        // what is not ours stays as it is, and a person is told
        String other = client.createCluster(new bricklayer.api.ClusterCreateRequest(true, true))
                .id();
        awaitAddresses("glusterfs-" + other);
        api.delete("services", "apps", name);
        api.delete("endpoints", "apps", name);
        api.putForeignService("apps", name);
        try (Rest rest = new Rest(server.uri())) {
            Eventually.within(PATIENCE, Duration.ofMillis(50), "the finding is there", () -> {
                try {
                    return rest.get("/operations/health").body().contains("that this server did not make");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(api.clusterIp("apps", name)).contains("10.96.0.7");
            api.delete("services", "apps", name);
            awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3");
            assertThat(rest.get("/metrics").body()).contains("bricklayer_kube_endpoints_failures_total");
        }

        // also while this server did not run
        server.kill9();
        api.delete("endpoints", "web", name);
        server.restart();
        awaitAddresses(name, "10.0.0.1", "10.0.0.2", "10.0.0.3");

        client.deleteCluster(other);
        Eventually.within(
                PATIENCE,
                Duration.ofMillis(50),
                "those of the cluster that is gone are gone",
                () -> NAMESPACES.stream()
                        .noneMatch(namespace ->
                                api.addresses(namespace, "glusterfs-" + other).isPresent()
                                        || api.clusterIp(namespace, "glusterfs-" + other)
                                                .isPresent()));
        // a node that is given up takes part no more
        NodeInfo first = nodes().filter(node -> node.hostnames().storage().contains("10.0.0.1"))
                .findFirst()
                .orElseThrow();
        client.setNodeState(first.id(), new StateRequest("offline", ""));
        client.setNodeState(first.id(), new StateRequest("failed", ""));
        awaitAddresses(name, "10.0.0.2", "10.0.0.3");

        assertThat(withoutPods(Rights.neededFor(api.requests())))
                .as("what the role allows for services and endpoints, and nothing else")
                .isEqualTo(withoutPods(Rights.ofTheRole()));
    }

    private static Set<String> withoutPods(Set<String> rights) {
        return rights.stream().filter(right -> !right.startsWith("pods")).collect(Collectors.toSet());
    }

    private void awaitAddresses(String name, String... addresses) {
        NAMESPACES.forEach(namespace -> Eventually.within(
                PATIENCE,
                Duration.ofMillis(50),
                "endpoints " + namespace + "/" + name + " are " + List.of(addresses),
                () -> api.addresses(namespace, name).equals(Optional.of(List.of(addresses)))));
    }
}
