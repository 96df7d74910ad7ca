package bricklayer.kube;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Headless services without a selector, and the endpoints of the same name. Those that carry our mark are ours; others of the same name are left alone.
 * Thread-safe.
 */
public final class ServiceEndpoints {

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String BRICKLAYER = "bricklayer";
    private static final String OWNER = "bricklayer/owner";

    /** Of in-tree volumes: it means nothing, but a service must have one. */
    private static final int PORT = 1;

    private final KubernetesClient client;
    private final Map<String, String> mark;

    ServiceEndpoints(KubernetesClient client, String owner) {
        this.client = client;
        // a label's value ends with a letter or a digit, and a prefix need not
        this.mark = Map.of(MANAGED_BY, BRICKLAYER, OWNER, owner + "clusters");
    }

    /** A namespace, or an object in it, cannot be kept as it should be. The message says why, and what to do. */
    public static final class CannotKeep extends RuntimeException {
        CannotKeep(String message, Throwable cause) {
            super(message, cause);
        }

        CannotKeep(String message) {
            super(message);
        }
    }

    /** Names of ours that are there, of either kind. */
    public SortedSet<String> names(String namespace) {
        try {
            return Stream.concat(
                            client.services().inNamespace(namespace).withLabels(mark).list().getItems().stream(),
                            client.endpoints().inNamespace(namespace).withLabels(mark).list().getItems().stream())
                    .map(object -> object.getMetadata().getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (KubernetesClientException e) {
            throw cannot("listing services and endpoints in namespace " + namespace, e);
        }
    }

    /**
     * Makes service and endpoints what they should be, and touches nothing that is.
     *
     * @return what was changed; empty when nothing was
     */
    public List<String> keep(String namespace, String name, SortedSet<String> addresses) {
        try {
            return Stream.of(keepService(namespace, name), keepEndpoints(namespace, name, addresses))
                    .filter(change -> !change.isEmpty())
                    .toList();
        } catch (KubernetesClientException e) {
            throw cannot("keeping service and endpoints " + namespace + "/" + name, e);
        }
    }

    /** Deletes service and endpoints of that name, as far as they are ours. */
    public void delete(String namespace, String name) {
        try {
            Service service =
                    client.services().inNamespace(namespace).withName(name).get();
            if (service != null && isOurs(service)) {
                client.services().inNamespace(namespace).withName(name).delete();
            }
            Endpoints endpoints =
                    client.endpoints().inNamespace(namespace).withName(name).get();
            if (endpoints != null && isOurs(endpoints)) {
                client.endpoints().inNamespace(namespace).withName(name).delete();
            }
        } catch (KubernetesClientException e) {
            throw cannot("deleting service and endpoints " + namespace + "/" + name, e);
        }
    }

    private String keepService(String namespace, String name) {
        Service there = client.services().inNamespace(namespace).withName(name).get();
        Service wanted = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(mark)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addNewPort()
                .withPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
        if (there == null) {
            client.services().inNamespace(namespace).resource(wanted).create();
            return "service " + namespace + "/" + name + " made";
        }
        mustBeOurs("service", namespace, name, there);
        boolean right = "None".equals(there.getSpec().getClusterIP())
                && (there.getSpec().getSelector() == null
                        || there.getSpec().getSelector().isEmpty());
        if (right) {
            return "";
        }
        // the address of a service cannot be changed
        client.services().inNamespace(namespace).withName(name).delete();
        client.services().inNamespace(namespace).resource(wanted).create();
        return "service " + namespace + "/" + name + " made anew";
    }

    private String keepEndpoints(String namespace, String name, SortedSet<String> addresses) {
        Endpoints there =
                client.endpoints().inNamespace(namespace).withName(name).get();
        EndpointsBuilder wanted = new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(mark)
                .endMetadata();
        if (!addresses.isEmpty()) {
            wanted.addNewSubset()
                    .withAddresses(addresses.stream()
                            .map(address -> new EndpointAddress(null, address, null, null))
                            .toList())
                    .addNewPort()
                    .withPort(PORT)
                    .withProtocol("TCP")
                    .endPort()
                    .endSubset();
        }
        if (there == null) {
            client.endpoints().inNamespace(namespace).resource(wanted.build()).create();
            return "endpoints " + namespace + "/" + name + " made with " + addresses;
        }
        mustBeOurs("endpoints", namespace, name, there);
        SortedSet<String> now = there.getSubsets().stream()
                .flatMap(subset -> subset.getAddresses().stream())
                .map(EndpointAddress::getIp)
                .collect(Collectors.toCollection(TreeSet::new));
        if (now.equals(addresses)) {
            return "";
        }
        wanted.editMetadata()
                .withResourceVersion(there.getMetadata().getResourceVersion())
                .endMetadata();
        client.endpoints().inNamespace(namespace).resource(wanted.build()).update();
        return "endpoints " + namespace + "/" + name + " changed from " + now + " to " + addresses;
    }

    private void mustBeOurs(String kind, String namespace, String name, HasMetadata there) {
        if (!isOurs(there)) {
            throw new CannotKeep(
                    "there is a " + kind + " " + namespace + "/" + name + " that this server did not make, and does"
                            + " not touch; delete it, or choose another bricklayer.kube.endpoints_prefix");
        }
    }

    private boolean isOurs(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(mark.entrySet());
    }

    private static CannotKeep cannot(String what, KubernetesClientException e) {
        return new CannotKeep(
                what + " failed: " + Explained.of(e)
                        + Refusals.advice(e, "get, list, create, update and delete for services and endpoints there"),
                e);
    }
}
