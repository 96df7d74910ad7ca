package bricklayer.functional.kube;

import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.functional.Stand;
import bricklayer.host.HostName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Simulated nodes, each with a gluster pod, behind an API server of this process: a server that is killed leaves them running, as it would real ones. */
public final class SimulatedCluster {

    private static final String NAMESPACE = "storage";
    private static final String POD = "gluster-";

    private final ApiServer api;
    private final SimulatedNodes nodes;
    private final Path kubeconfig;

    /**
     * @param deviceSizeKiB of devices that are added without having been described
     */
    public SimulatedCluster(Path folder, long deviceSizeKiB, Duration commandDelay) {
        this.nodes = SimulatedNodes.in(folder.resolve("state"), new SimulatedSettings(deviceSizeKiB, commandDelay));
        this.api = ApiServer.start(new SimulatedPods(
                new SimulatedExecutor(nodes, SimulatedCluster::pause), pod -> pod.substring(POD.length())));
        this.kubeconfig = api.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** A node of Kubernetes with a gluster pod of a daemonset. */
    public SimulatedCluster withNode(String name, String address) {
        nodes.nameNode(new HostName(name), address);
        api.putPod(NAMESPACE, POD + name, name, address, Map.of("glusterfs-node", "pod"), 0);
        return this;
    }

    public SimulatedNodes nodes() {
        return nodes;
    }

    public ApiServer api() {
        return api;
    }

    /**
     * How a server is configured to come here.
     *
     * @param settings more of them, members of {@code glusterfs}, each with a comma before it
     */
    public Stand.Access access(String settings) {
        return new Stand.Access(
                "{ \"executor\": \"kubernetes\", \"kubeexec\": { \"gluster_daemonset\": true, \"fstab\": \"/etc/fstab\" }"
                        + settings + " }",
                ", \"kube\": { \"kubeconfig\": \"" + kubeconfig.toAbsolutePath() + "\" }");
    }
}
