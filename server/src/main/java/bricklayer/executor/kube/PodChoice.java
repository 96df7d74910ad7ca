package bricklayer.executor.kube;

import bricklayer.host.HostName;
import bricklayer.kube.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the pods is the gluster pod of a node. Pure. */
public enum PodChoice {

    /** The one whose label {@code glusterfs-node} is the manage host name. */
    BY_LABEL("whose label " + PodChoice.LABEL + " is") {
        @Override
        Stream<Pod> among(List<Pod> pods, String host) {
            return pods.stream().filter(pod -> host.equals(pod.labels().get(LABEL)));
        }
    },

    /** The one on the Kubernetes node of the manage host name; if no node is called so, the one on the node with that address. */
    BY_NODE("on a node called, or with the address,") {
        @Override
        Stream<Pod> among(List<Pod> pods, String host) {
            List<Pod> byName = pods.stream()
                    .filter(pod -> pod.nodeName().filter(host::equals).isPresent())
                    .toList();
            return byName.isEmpty()
                    ? pods.stream()
                            .filter(pod -> Stream.of(pod.hostIp(), pod.podIp())
                                    .flatMap(Optional::stream)
                                    .anyMatch(host::equals))
                    : byName.stream();
        }
    },

    /** The one of the manage host name. */
    BY_NAME("called") {
        @Override
        Stream<Pod> among(List<Pod> pods, String host) {
            return pods.stream().filter(pod -> pod.name().equals(host));
        }
    };

    /** Of gluster pods, by Heketi's convention. */
    public static final String LABEL = "glusterfs-node";

    private final String words;

    PodChoice(String words) {
        this.words = words;
    }

    abstract Stream<Pod> among(List<Pod> pods, String host);

    /** A pod and the container that gets the commands, or why there is none. */
    sealed interface Chosen {
        record One(Pod pod, Pod.Container container) implements Chosen {}

        record None(String why) implements Chosen {}
    }

    /**
     * A pod that is about to end is taken only as long as there is no other.
     *
     * @param wanted the container's name; empty for the pod's own choice
     */
    Chosen of(List<Pod> pods, HostName host, Optional<String> wanted) {
        List<Pod> fit = among(pods, host.value()).toList();
        if (fit.isEmpty()) {
            return new Chosen.None("there is no gluster pod " + words + " " + host + " among " + pods.size()
                    + " pods; is the manage host name of the node what kubeexec wants it to be?");
        }
        List<Pod> staying = fit.stream().filter(pod -> !pod.terminating()).toList();
        List<Pod> left = staying.isEmpty() ? fit : staying;
        if (left.size() > 1) {
            return new Chosen.None(
                    "there are " + left.size() + " gluster pods " + words + " " + host + ", and there must be one: "
                            + left.stream().map(Pod::name).sorted().collect(Collectors.joining(", ")));
        }
        Pod pod = left.getFirst();
        String name = wanted.or(pod::defaultContainer)
                .orElseGet(() -> pod.containers().isEmpty()
                        ? ""
                        : Objects.requireNonNull(pod.containers().getFirst()).name());
        Optional<Pod.Container> container = pod.container(name);
        if (container.isEmpty()) {
            return new Chosen.None("pod " + pod + " has no container \"" + name + "\", but "
                    + pod.containers().stream().map(Pod.Container::name).toList());
        }
        if (container.get().id().isEmpty()) {
            return new Chosen.None("container " + name + " of pod " + pod + " (" + pod.phase() + ") does not run: "
                    + container.get().whyNot());
        }
        return new Chosen.One(pod, container.get());
    }
}
