package bricklayer.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifests in {@code deploy/kubernetes} name each other rightly, and ask for no more than is needed. */
class ManifestsTest {

    private static final Path FILE = Path.of("..", "deploy", "kubernetes", "bricklayer.yaml");

    private final List<HasMetadata> objects = objects();

    @Test
    void oneUnprivilegedWriterWithAReadOnlyRoot() {
        Deployment deployment = the(Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(List.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe()))
                .allSatisfy(probe -> assertThat(probe.getHttpGet().getPath()).isEqualTo("/hello"));
    }

    @Test
    void whatIsNamedIsThere() {
        Deployment deployment = the(Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        var labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(the(Service.class).getSpec().getSelector()).isEqualTo(labels);
        assertThat(pod.getServiceAccountName())
                .isEqualTo(the(ServiceAccount.class).getMetadata().getName());
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getSecret() != null)
                        .map(volume -> volume.getSecret().getSecretName()))
                .containsExactly(the(Secret.class).getMetadata().getName());
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getPersistentVolumeClaim() != null)
                        .map(volume -> volume.getPersistentVolumeClaim().getClaimName()))
                .containsExactly(the(PersistentVolumeClaim.class).getMetadata().getName());
        assertThat(objects.stream().map(object -> object.getMetadata().getNamespace()))
                .containsOnly("storage");
    }

    @Test
    void theConfigurationReachesPodsAndKeepsEndpoints() {
        String config = the(Secret.class).getStringData().get("heketi.json");

        assertThat(config)
                .contains(
                        "\"executor\": \"kubernetes\"",
                        "\"endpoints\": true",
                        "\"data\": \"/var/lib/bricklayer/data\"");
        assertThat(the(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/var/lib/bricklayer"));
    }

    @Test
    void theRoleAllowsWhatIsAskedForAndNothingElse() {
        HasMetadata role = objects.stream()
                .filter(object -> object.getKind().equals("Role"))
                .findFirst()
                .orElseThrow();

        assertThat(Serialization.asJson(role).replaceAll("\\s", ""))
                .contains(
                        "\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\",\"list\",\"watch\"]},"
                                + "{\"apiGroups\":[\"\"],\"resources\":[\"pods/exec\"],\"verbs\":[\"create\",\"get\"]},"
                                + "{\"apiGroups\":[\"\"],\"resources\":[\"services\",\"endpoints\"],"
                                + "\"verbs\":[\"get\",\"list\",\"create\",\"update\",\"delete\"]}]");
    }

    private <T> T the(Class<T> kind) {
        List<T> found =
                objects.stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.getFirst();
    }

    private static List<HasMetadata> objects() {
        try (InputStream in = Files.newInputStream(FILE);
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                                .withMasterUrl("http://127.0.0.1:1")
                                .build())
                        .build()) {
            return client.load(in).items();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading " + FILE, e);
        }
    }
}
