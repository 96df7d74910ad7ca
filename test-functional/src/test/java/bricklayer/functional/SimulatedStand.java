package bricklayer.functional;

import bricklayer.api.Hostnames;
import bricklayer.api.TopologyFile;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.functional.kube.ApiServer;
import bricklayer.functional.kube.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Simulated nodes in a folder. The server process owns them while it runs; or, with {@code -Dthrough=kubernetes} or {@link #throughKubernetes}, this process does,
 * and the server reaches them through the pods of a Kubernetes cluster.
 */
public final class SimulatedStand implements Stand {

    private static final int NODES = 3;

    /** Those that tests add bear the next numbers, and are no more than these together. */
    private static final int NUMBERED_MAX = 40;

    private static final int DISK_GIB = 50;

    private static final Pattern VOLUME =
            Pattern.compile("gluster-volume (\\S+) (\\S+) Layout\\[replica=(\\d+), arbiter=(\\d+),"
                    + " disperse=(\\d+), redundancy=(\\d+)\\] \\[(.*?)\\] \\{(.*?)\\} \\[.*\\](?: .*)?");

    private static final Pattern BRICK_DIRECTORY =
            Pattern.compile("directory (\\S+/brick_[^:]+):/brick (\\d+) (\\S+).*");

    private final Path folder;
    private final int commandDelayMillis;
    private final String settings;
    private final Optional<SimulatedCluster> cluster;

    /**
     * @param commandDelayMillis how long each command on a node takes
     */
    public SimulatedStand(Path folder, int commandDelayMillis) {
        this(folder, commandDelayMillis, "");
    }

    /**
     * @param settings more of them, members of {@code glusterfs}, each with a comma before it
     */
    public SimulatedStand(Path folder, int commandDelayMillis, String settings) {
        this(folder, commandDelayMillis, settings, "kubernetes".equals(System.getProperty("through")));
    }

    private SimulatedStand(Path folder, int commandDelayMillis, String settings, boolean throughKubernetes) {
        this.cluster = throughKubernetes ? Optional.of(cluster(folder, commandDelayMillis)) : Optional.empty();
        this.folder = folder.toAbsolutePath();
        this.commandDelayMillis = commandDelayMillis;
        this.settings = settings;
    }

    static SimulatedStand throughKubernetes(Path folder, int commandDelayMillis) {
        return new SimulatedStand(folder, commandDelayMillis, "", true);
    }

    private static SimulatedCluster cluster(Path folder, int commandDelayMillis) {
        SimulatedCluster made =
                new SimulatedCluster(folder, (long) DISK_GIB << 20, Duration.ofMillis(commandDelayMillis));
        IntStream.rangeClosed(1, NUMBERED_MAX).forEach(n -> made.withNode("node" + n, "10.0.0." + n));
        return made;
    }

    /**
     * One more node with a name of its own, to be named before the server starts; {@code node4} and so on are there. Where the server owns the nodes it need not be: there every name is a node.
     *
     * @param address its storage host name
     */
    public SimulatedStand withNode(String name, String address) {
        cluster.ifPresent(there -> there.withNode(name, address));
        return this;
    }

    /** The API server that stands before the nodes; empty where the server owns them. */
    Optional<ApiServer> api() {
        return cluster.map(SimulatedCluster::api);
    }

    @Override
    public Access access() {
        if (cluster.isPresent()) {
            return cluster.get().access(settings);
        }
        return new Access(
                "{ \"executor\": \"mock\"" + settings + " }",
                ", \"simulated\": { \"folder\": \"%s\", \"device_size_gib\": %d, \"command_delay_ms\": %d }"
                        .formatted(folder, DISK_GIB, commandDelayMillis));
    }

    @Override
    public TopologyFile topology(int devices) {
        return new TopologyFile(List.of(new TopologyFile.Cluster(
                true,
                true,
                IntStream.rangeClosed(1, NODES)
                        .mapToObj(n -> new TopologyFile.NodeEntry(
                                new TopologyFile.Node(
                                        new Hostnames(List.of("node" + n), List.of("10.0.0." + n)), n, Map.of()),
                                IntStream.range(0, devices)
                                        .mapToObj(d -> TopologyFile.Device.named("/dev/vd" + (char) ('b' + d)))
                                        .toList()))
                        .toList())));
    }

    @Override
    public boolean liesInsideServer() {
        return cluster.isEmpty();
    }

    @Override
    public Look look() {
        SortedMap<String, String> pictures = new TreeMap<>();
        SortedMap<String, Look.GlusterVolume> volumes = new TreeMap<>();
        SortedMap<String, Look.Rights> rights = new TreeMap<>();
        inside(SimulatedNodes::pictures).forEach((host, picture) -> {
            // the server brings nodes into being by naming them, so they are no trace of it
            String shown = picture.lines()
                    .filter(line -> !line.startsWith("node "))
                    // what volume groups are told of the records comes some seconds later, and stays as it was told
                    // last
                    .map(line -> line.startsWith("group ") ? line.replaceFirst(" \\[.*", "") : line)
                    .collect(Collectors.joining("\n"));
            if (!shown.isEmpty()) {
                pictures.put(host.value(), shown);
            }
            shown.lines().forEach(line -> {
                Matcher volume = VOLUME.matcher(line);
                Matcher directory = BRICK_DIRECTORY.matcher(line);
                if (volume.matches()) {
                    volumes.put(volume.group(1), volume(volume));
                } else if (directory.matches()) {
                    rights.put(
                            host.value() + ":" + Look.MOUNTS + "/" + directory.group(1) + "/brick",
                            new Look.Rights(Long.parseLong(directory.group(2)), directory.group(3)));
                } else if (line.startsWith("gluster-volume ")) {
                    throw new AssertionError("cannot read: " + line);
                }
            });
        });
        return new Look(pictures, volumes, rights);
    }

    /** Does something to the nodes, or looks at them. The server must not run where they {@link #liesInsideServer lie inside} it. */
    public <T> T inside(Function<SimulatedNodes, T> what) {
        if (cluster.isPresent()) {
            return what.apply(cluster.get().nodes());
        }
        try (SimulatedNodes nodes = SimulatedNodes.in(folder, SimulatedSettings.DEFAULTS)) {
            return what.apply(nodes);
        }
    }

    private static Look.GlusterVolume volume(Matcher seen) {
        String type;
        if (!seen.group(5).equals("0")) {
            type = "disperse " + seen.group(5) + " redundancy " + seen.group(6);
        } else if (seen.group(3).equals("1")) {
            type = "distribute";
        } else {
            type = "replica " + seen.group(3) + (seen.group(4).equals("0") ? "" : " arbiter " + seen.group(4));
        }
        SortedMap<String, String> options = new TreeMap<>();
        words(seen.group(8)).forEach(option -> options.put(option.split("=", 2)[0], option.split("=", 2)[1]));
        return new Look.GlusterVolume(seen.group(1), seen.group(2), type, words(seen.group(7)), options);
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(", ")).filter(word -> !word.isEmpty()).toList();
    }
}
