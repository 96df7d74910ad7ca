package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a create costs beside the same commands given by hand over ssh connections that are open already, the bricks in parallel. Both alternately on the same nodes.
 * Prints the ratio of the medians and asserts nothing about it: the machine is shared.
 */
final class CreateSpeedLabIT extends Scenario {

    private static final int ROUNDS = 5;
    private static final Pattern ACCEPTED = Pattern.compile("^(\\S+) .*op=(\\S+) kind=create-volume accepted.*");
    private static final Pattern ENDED = Pattern.compile("^(\\S+) .*op=(\\S+) kind=create-volume ended state=DONE.*");

    private Path sockets = Path.of(""); // until they are opened

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Test
    void printsTheRatio() throws Exception {
        loadTopology(1);
        List<LabNode> nodes = ((LabStand) stand).lab().nodes();
        openConnections(nodes);
        List<Duration> byHand = new ArrayList<>();
        List<Duration> byProduct = new ArrayList<>();
        try {
            inParallel(
                    nodes,
                    node -> onNode(
                            node,
                            "pvcreate -qq --metadatasize=128M --dataalignment=256K /dev/vdc && vgcreate -qq --autobackup=n vg_hand /dev/vdc"));
            for (int round = 0; round <= ROUNDS; round++) {
                Duration hand = createByHand(nodes, round);
                Duration product = createByProduct(round);
                if (round > 0) { // the first warms both up
                    byHand.add(hand);
                    byProduct.add(product);
                }
            }
        } finally {
            for (LabNode node : nodes) {
                ssh(node, "-O", "exit").waitFor();
            }
        }
        double ratio = (double) median(byProduct).toMillis() / median(byHand).toMillis();
        System.out.printf(
                "create of a replica-3 volume: by hand %s, by the product %s (medians %d and %d ms), ratio %.2f%n",
                millis(byHand),
                millis(byProduct),
                median(byHand).toMillis(),
                median(byProduct).toMillis(),
                ratio);
        assertThat(ratio).isPositive();
    }

    private Duration createByHand(List<LabNode> nodes, int round) throws Exception {
        String name = "hand" + round;
        String device = "/dev/mapper/vg_hand-" + name;
        String mount = "/mnt/" + name;
        Instant begin = Instant.now();
        inParallel(nodes, node -> {
            onNode(
                    node,
                    "/usr/sbin/lvm lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 1048576K --thin vg_hand/tp_"
                            + name + " --virtualsize 1048576K --name " + name);
            onNode(node, "mkfs.xfs -q -i size=512 -n size=8192 " + device);
            onNode(node, "mkdir -p " + mount);
            onNode(node, "echo '" + device + " " + mount + " xfs rw,inode64,noatime,nouuid 1 2' >>/etc/fstab");
            onNode(node, "mount -o rw,inode64,noatime,nouuid " + device + " " + mount);
            onNode(node, "mkdir " + mount + "/brick");
        });
        LabNode first = nodes.getFirst();
        StringBuilder bricks = new StringBuilder();
        nodes.forEach(node -> bricks.append(' ')
                .append(node.storage())
                .append(':')
                .append(mount)
                .append("/brick"));
        onNode(first, "gluster --mode=script volume create " + name + " replica 3" + bricks);
        onNode(first, "gluster --mode=script volume set " + name + " user.heketi.id 0123456789abcdef0123456789abcdef");
        onNode(first, "gluster --mode=script volume start " + name);
        Duration took = Duration.between(begin, Instant.now());
        onNode(
                first,
                "gluster --mode=script volume stop " + name + " force; gluster --mode=script volume delete " + name);
        inParallel(
                nodes,
                node -> onNode(
                        node,
                        "umount " + mount + "; sed -i '\\#" + mount + " #d' /etc/fstab; lvremove -qq -f vg_hand/tp_"
                                + name));
        return took;
    }

    /** From the moment its plan is durable to the moment its end is, as the server's log tells. */
    private Duration createByProduct(int round) throws IOException {
        VolumeInfo volume = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named("product" + round));
        Instant accepted = Instant.EPOCH;
        Instant ended = Instant.EPOCH;
        for (String line : Files.readAllLines(folder.resolve("server").resolve("server.log"))) {
            Matcher begin = ACCEPTED.matcher(line);
            Matcher end = ENDED.matcher(line);
            accepted = begin.matches() ? Instant.parse(begin.group(1)) : accepted;
            ended = end.matches() ? Instant.parse(end.group(1)) : ended;
        }
        client.deleteVolume(volume.id());
        return Duration.between(accepted, ended);
    }

    private void openConnections(List<LabNode> nodes) throws Exception {
        sockets = Files.createTempDirectory("by-hand");
        for (LabNode node : nodes) {
            assertThat(ssh(node, "-M", "-N", "-f").waitFor()).isZero();
        }
    }

    private void onNode(LabNode node, String command) {
        try {
            assertThat(ssh(node, "--", command).waitFor()).as(command).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command, e);
        }
    }

    private Process ssh(LabNode node, String... words) throws IOException {
        var lab = ((LabStand) stand).lab();
        List<String> argv = new ArrayList<>(List.of(
                "ssh",
                "-q",
                "-S",
                sockets.resolve("n" + node.number()).toString(),
                "-p",
                String.valueOf(lab.sshPort()),
                "-i",
                lab.sshKey().toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null"));
        boolean option = words[0].startsWith("-") && !words[0].equals("--");
        if (option) {
            argv.addAll(List.of(words));
        }
        argv.add("root@" + node.manage());
        if (!option) {
            argv.addAll(List.of(words).subList(1, words.length));
        }
        return new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
    }

    private static void inParallel(List<LabNode> nodes, java.util.function.Consumer<LabNode> task) throws Exception {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = nodes.stream()
                    .map(node -> each.submit(() -> task.accept(node)))
                    .toList();
            for (Future<?> future : running) {
                future.get();
            }
        }
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted(Comparator.naturalOrder()).toList().get(durations.size() / 2);
    }

    private static List<Long> millis(List<Duration> durations) {
        return durations.stream().map(Duration::toMillis).toList();
    }
}
