package bricklayer.executor.kube;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.HostName;
import bricklayer.kube.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodChoiceTest {

    private static final HostName NODE = new HostName("worker-1");

    @Test
    void aPodThatIsAboutToEndGivesWayToItsSuccessor() {
        Pod old = pod("old", "worker-1", true, Optional.empty(), "glusterfs");
        Pod young = pod("young", "worker-1", false, Optional.empty(), "glusterfs");

        assertThat(chosen(List.of(old, young), Optional.empty())).isEqualTo("young/glusterfs");
        assertThat(chosen(List.of(old), Optional.empty())).isEqualTo("old/glusterfs");
    }

    @Test
    void theContainerIsTheConfiguredOneElseThePodsDefaultElseTheFirst() {
        List<Pod> plain = List.of(pod("p", "worker-1", false, Optional.empty(), "log", "glusterfs"));
        List<Pod> annotated = List.of(pod("p", "worker-1", false, Optional.of("glusterfs"), "log", "glusterfs"));

        assertThat(chosen(plain, Optional.empty())).isEqualTo("p/log");
        assertThat(chosen(annotated, Optional.empty())).isEqualTo("p/glusterfs");
        assertThat(chosen(annotated, Optional.of("log"))).isEqualTo("p/log");
        assertThat(chosen(plain, Optional.of("gluster"))).contains("no container \"gluster\"", "[log, glusterfs]");
    }

    @Test
    void aNodesNameComesBeforeAnAddressThatLooksTheSame() {
        Pod named = pod("named", "10.0.0.9", false, Optional.empty(), "glusterfs");
        Pod addressed = pod("addressed", "worker-1", false, Optional.empty(), "glusterfs");

        assertThat(PodChoice.BY_NODE.of(List.of(addressed, named), new HostName("10.0.0.9"), Optional.empty()))
                .isInstanceOfSatisfying(
                        PodChoice.Chosen.One.class, one -> assertThat(one.pod()).isEqualTo(named));
    }

    @Test
    void aContainerThatDoesNotRunIsSaidWithItsReason() {
        Pod pod = new Pod(
                "storage",
                "p",
                "uid",
                Map.of(),
                Optional.of("worker-1"),
                Optional.empty(),
                Optional.empty(),
                "Pending",
                false,
                Optional.empty(),
                List.of(new Pod.Container("glusterfs", Optional.empty(), "it waits: ImagePullBackOff")));

        assertThat(chosen(List.of(pod), Optional.empty()))
                .contains("container glusterfs of pod storage/p (Pending) does not run", "ImagePullBackOff");
    }

    private static String chosen(List<Pod> pods, Optional<String> container) {
        return switch (PodChoice.BY_NODE.of(pods, NODE, container)) {
            case PodChoice.Chosen.One(Pod pod, Pod.Container which) -> pod.name() + "/" + which.name();
            case PodChoice.Chosen.None(String why) -> why;
        };
    }

    private static Pod pod(
            String name, String node, boolean terminating, Optional<String> defaultContainer, String... containers) {
        return new Pod(
                "storage",
                name,
                "uid-" + name,
                Map.of(),
                Optional.of(node),
                Optional.of("10.0.0.9"),
                Optional.empty(),
                "Running",
                terminating,
                defaultContainer,
                List.of(containers).stream()
                        .map(one -> new Pod.Container(one, Optional.of("run-1"), ""))
                        .toList());
    }
}
