package bricklayer.functional.kube;

import bricklayer.executor.remote.RemoteCommand;
import bricklayer.functional.Stand;
import bricklayer.functional.lab.Lab;
import bricklayer.functional.lab.LabNode;
import bricklayer.functional.lab.OpenShells;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lab's nodes as nodes of Kubernetes with a gluster pod each: what is given to a pod runs on the node, by ssh connections that stay open. */
public final class LabCluster implements AutoCloseable {

    private static final String NAMESPACE = "storage";
    private static final String POD = "gluster-";

    /** Of ssh, when it was not the command that ended. */
    private static final int NO_WAY = 255;

    private final OpenShells shells;
    private final ApiServer api;
    private final Path kubeconfig;

    public LabCluster(Lab lab, Path folder) {
        this.shells = new OpenShells(lab);
        Processes processes = new Processes((pod, argv) -> shells.argv(
                lab.node(Integer.parseInt(pod.substring(POD.length()))),
                List.of(),
                List.of(argv.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" ")))));
        this.api = ApiServer.start(new Backend() {
            @Override
            public int run(String pod, List<String> argv, OutputStream out, OutputStream err)
                    throws IOException, InterruptedException {
                int status = processes.run(pod, argv, out, err);
                if (status == NO_WAY) {
                    throw new IOException("the way to the container of " + pod + " is lost");
                }
                return status;
            }
        });
        for (LabNode node : lab.nodes()) {
            api.putPod(
                    NAMESPACE, POD + node.number(), node.manage(), node.storage(), Map.of("glusterfs-node", "pod"), 0);
        }
        this.kubeconfig = api.kubeconfig(folder.resolve("kubeconfig"), NAMESPACE);
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** How a server is configured to come here. */
    public Stand.Access access() {
        return new Stand.Access(
                "{ \"executor\": \"kubernetes\", \"kubeexec\": { \"gluster_daemonset\": true, \"fstab\": \"/etc/fstab\" } }",
                ", \"kube\": { \"kubeconfig\": \"" + kubeconfig.toAbsolutePath() + "\" }");
    }

    /** The connection of the next command that has this word breaks in the middle of it; the command goes on. */
    public void breakInTheMiddleOf(String word) {
        api.add(new Trouble(
                request -> request.contains("/exec?") && request.contains(word),
                Trouble.Kind.DROPPED,
                0,
                "",
                Optional.empty()));
    }

    /** The connection of the next command that has this word ends before it is answered; the command begins all the same. */
    public void breakBeforeTheAnswerOf(String word) {
        api.add(new Trouble(
                request -> request.contains("/exec?") && request.contains(word),
                Trouble.Kind.DROPPED_BEFORE_ANSWER,
                0,
                "",
                Optional.empty()));
    }

    /** Whether all that was to go wrong has. */
    public boolean hasBroken() {
        return !api.hasTroubles();
    }

    @Override
    public void close() {
        api.close();
        shells.close();
    }
}
