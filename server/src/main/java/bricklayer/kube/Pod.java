package bricklayer.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod as the API server last told.
 *
 * @param phase such as {@code Running}
 * @param terminating whether it was told to end
 * @param defaultContainer what the annotation {@code kubectl.kubernetes.io/default-container} says
 * @param containers in the order of the pod's specification
 */
public record Pod(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        Optional<String> nodeName,
        Optional<String> hostIp,
        Optional<String> podIp,
        String phase,
        boolean terminating,
        Optional<String> defaultContainer,
        List<Container> containers) {

    /**
     * A container of it.
     *
     * @param id of the run that goes on at the moment; empty when none does
     * @param whyNot why none does
     */
    public record Container(String name, Optional<String> id, String whyNot) {}

    public Optional<Container> container(String wanted) {
        return containers.stream()
                .filter(container -> container.name().equals(wanted))
                .findFirst();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
