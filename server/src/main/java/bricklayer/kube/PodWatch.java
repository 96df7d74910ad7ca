package bricklayer.kube;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of a namespace as they come and go: one list, then a watch that is renewed when it ends. While the API server is away it goes on showing what
 * was last heard. Thread-safe.
 */
public final class PodWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);

    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final String what;
    private final SharedIndexInformer<io.fabric8.kubernetes.api.model.Pod> informer;
    private final CountDownLatch firstAnswer = new CountDownLatch(1);
    private final ConcurrentMap<String, Set<Interest>> interests = new ConcurrentHashMap<>();
    private volatile boolean known;
    private volatile String trouble = "the API server has not answered yet";

    private record Interest(String container, String id, CompletableFuture<String> lost) {}

    private PodWatch(KubernetesClient client, String namespace, String selector) {
        this.what = "the pods " + (selector.isEmpty() ? "" : "with " + selector + " ") + "of namespace " + namespace;
        var pods = client.pods().inNamespace(namespace);
        this.informer = selector.isEmpty()
                ? pods.runnableInformer(0)
                : pods.withLabelSelector(selector).runnableInformer(0);
        informer.addEventHandler(new Changes());
        informer.exceptionHandler((started, failure) -> {
            trouble = Explained.of(failure) + Refusals.advice(failure, "get, list and watch for pods");
            LOG.warn("{} cannot be watched, trying again: {}", what, trouble);
            firstAnswer.countDown();
            return true;
        });
    }

    static PodWatch start(KubernetesClient client, String namespace, String selector) {
        PodWatch watch = new PodWatch(client, namespace, selector);
        watch.informer.start().whenComplete((done, failure) -> {
            if (failure == null) {
                watch.known = true;
                watch.firstAnswer.countDown();
            }
        });
        return watch;
    }

    /** Whether the pods are known; waits for the first attempt to list them, at most so long, and not for later ones. */
    public boolean awaitKnown(Duration longest) throws InterruptedException {
        return firstAnswer.await(longest.toMillis(), TimeUnit.MILLISECONDS) && known;
    }

    /** Why the pods are not known, or were not at some time. */
    public String trouble() {
        return what + " cannot be listed: " + trouble;
    }

    public List<Pod> pods() {
        return informer.getStore().list().stream().map(PodWatch::read).toList();
    }

    /**
     * Watches over one run of a container.
     *
     * @return completed, with the reason, when that run has ended. To be {@link #forget forgotten}
     */
    public CompletableFuture<String> lossOf(Pod pod, Pod.Container container) {
        Interest interest = new Interest(container.name(), container.id().orElse(""), new CompletableFuture<>());
        interests
                .computeIfAbsent(pod.uid(), uid -> ConcurrentHashMap.newKeySet())
                .add(interest);
        // it may have gone since the caller saw it
        Optional.ofNullable(informer.getStore().getByKey(pod.toString()))
                .map(PodWatch::read)
                .filter(seen -> seen.uid().equals(pod.uid()))
                .ifPresentOrElse(seen -> tell(seen), () -> gone(pod.uid(), pod.toString()));
        return interest.lost();
    }

    /** Ends the watch that {@link #lossOf} began. */
    @SuppressWarnings("ReferenceEquality") // the very one
    public void forget(Pod pod, CompletableFuture<String> lost) {
        interests.computeIfPresent(pod.uid(), (uid, there) -> {
            there.removeIf(interest -> interest.lost() == lost);
            return there.isEmpty() ? null : there;
        });
    }

    @Override
    public void close() {
        informer.stop();
    }

    private void gone(String uid, String name) {
        interests
                .getOrDefault(uid, Set.of())
                .forEach(interest -> interest.lost().complete("the pod " + name + " went away while the command ran"));
    }

    private void tell(Pod pod) {
        for (Interest interest : interests.getOrDefault(pod.uid(), Set.of())) {
            String now = pod.container(interest.container())
                    .flatMap(Pod.Container::id)
                    .orElse("");
            if (!now.equals(interest.id())) {
                interest.lost()
                        .complete("the container " + interest.container() + " of pod " + pod
                                + " ended while the command ran");
            }
        }
    }

    private final class Changes implements ResourceEventHandler<io.fabric8.kubernetes.api.model.Pod> {
        @Override
        public void onAdd(io.fabric8.kubernetes.api.model.Pod pod) {
            // nobody can be interested yet
        }

        @Override
        public void onUpdate(io.fabric8.kubernetes.api.model.Pod before, io.fabric8.kubernetes.api.model.Pod after) {
            Pod old = read(before);
            Pod now = read(after);
            if (old.uid().equals(now.uid())) {
                tell(now);
            } else {
                gone(old.uid(), old.toString());
            }
        }

        @Override
        public void onDelete(io.fabric8.kubernetes.api.model.Pod pod, boolean unknown) {
            gone(read(pod).uid(), read(pod).toString());
        }
    }

    private static Pod read(io.fabric8.kubernetes.api.model.Pod pod) {
        var meta = pod.getMetadata();
        var status = Optional.ofNullable(pod.getStatus());
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : Map.copyOf(meta.getLabels());
        Map<String, String> annotations = meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
        List<ContainerStatus> states =
                status.map(told -> told.getContainerStatuses()).orElse(List.of());
        return new Pod(
                meta.getNamespace(),
                meta.getName(),
                String.valueOf(meta.getUid()),
                labels,
                Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName()),
                status.map(told -> told.getHostIP()),
                status.map(told -> told.getPodIP()),
                status.map(told -> told.getPhase()).orElse("Unknown"),
                meta.getDeletionTimestamp() != null,
                Optional.ofNullable(annotations.get(DEFAULT_CONTAINER)),
                Optional.ofNullable(pod.getSpec()).stream()
                        .flatMap(spec -> spec.getContainers().stream())
                        .map(container -> read(container.getName(), states))
                        .toList());
    }

    private static Pod.Container read(String name, List<ContainerStatus> states) {
        Optional<ContainerStatus> status =
                states.stream().filter(one -> name.equals(one.getName())).findFirst();
        if (status.isEmpty() || status.get().getState() == null) {
            return new Pod.Container(name, Optional.empty(), "it has not been started yet");
        }
        var state = status.get().getState();
        if (state.getRunning() != null) {
            return new Pod.Container(
                    name, Optional.of(String.valueOf(status.get().getContainerID())), "");
        }
        String why = state.getWaiting() != null
                ? "it waits: " + state.getWaiting().getReason()
                : state.getTerminated() != null
                        ? "it has ended: " + state.getTerminated().getReason()
                        : "it has not been started yet";
        return new Pod.Container(name, Optional.empty(), why);
    }
}
