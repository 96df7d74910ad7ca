package bricklayer.functional;

import bricklayer.api.TopologyFile;
import bricklayer.api.WireJson;
import bricklayer.functional.kube.LabCluster;
import bricklayer.functional.lab.Lab;
import bricklayer.functional.lab.LabNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The nodes of the lab, new when this begins. Looks at them by the lab's own ssh. */
final class LabStand implements Stand {

    private static final String LOOK = """
            lvs --noheadings --separator ' ' -o vg_name,lv_name,lv_size --units k | sed 's,^ *\\([^ ]*\\) ,lv \\1/,'
            vgs --noheadings --separator ' ' -o vg_name,vg_size,vg_tags --units k | sed 's/^ */group /'
            pvs --noheadings --separator ' ' -o pv_name,vg_name | sed 's/^ */disk /'
            awk '/heketi|gluster.snaps/ { print "mount", $2, $1, $4 }' /proc/mounts
            sed 's/^/fstab /' /etc/fstab
            [ ! -d @mounts@ ] || find @mounts@ -mindepth 1 -maxdepth 3 -type d -printf 'directory %p %G %m\\n'
            [ ! -d @clones@ ] || find @clones@ -mindepth 1 -maxdepth 2 -type d -printf 'directory %p\\n'
            gluster --mode=script snapshot list | grep -v '^No snapshots present$' | sed 's/^/snapshot /'
            gluster --mode=script volume info | awk '/^(Volume Name|Type|Status|Number of Bricks|Brick[0-9]+):/ { print "gluster-" $0 }'
            gluster --mode=script pool list | awk 'NR > 1 && $2 != "localhost" { print "peer", $2 }'
            """.replace("@mounts@", Look.MOUNTS).replace("@clones@", Look.CLONES);

    private final Lab lab;
    private final Optional<LabCluster> cluster;

    private LabStand(Lab lab, Optional<LabCluster> cluster) {
        this.lab = lab;
        this.cluster = cluster;
    }

    /** Skips the calling test where a lab cannot run. */
    static LabStand withNewNodes() {
        Lab lab = Lab.attach();
        lab.reset();
        return new LabStand(lab, Optional.empty());
    }

    /** The same, reached through the pods of a Kubernetes cluster whose API server is in this process. */
    static LabStand throughKubernetes(Path folder) {
        Lab lab = Lab.attach();
        lab.reset();
        return new LabStand(lab, Optional.of(new LabCluster(lab, folder)));
    }

    LabCluster cluster() {
        return cluster.orElseThrow();
    }

    Lab lab() {
        return lab;
    }

    LabNode node(String manageHost) {
        return lab.nodes().stream()
                .filter(node -> node.manage().equals(manageHost))
                .findFirst()
                .orElseThrow();
    }

    static void stopGlusterd(LabNode node) {
        node.check("kill $(cat /run/glusterd.pid); while pidof glusterd; do sleep 0.1; done");
    }

    static void startGlusterd(LabNode node) {
        node.check("glusterd -p /run/glusterd.pid");
    }

    /** After a boot, gluster's peers take some seconds to see each other. */
    void awaitPeers() {
        for (LabNode node : lab.nodes()) {
            Eventually.within(
                    Scenario.PATIENCE,
                    Duration.ofSeconds(1),
                    "all peers see each other",
                    () -> node.run("[ $(gluster --mode=script pool list | grep -c Connected) = 3 ]")
                                    .status()
                            == 0);
        }
    }

    @Override
    public Access access() {
        return cluster.map(LabCluster::access).orElseGet(() -> access(lab.sshKey(), "root", false));
    }

    Access access(Path key, String user, boolean sudo) {
        return new Access("""
                { "executor": "ssh",
                      "sshexec": { "keyfile": "%s", "user": "%s", "port": "%d", "sudo": %b, "fstab": "/etc/fstab" } }""".formatted(key, user, lab.sshPort(), sudo), "");
    }

    @Override
    public TopologyFile topology(int devices) {
        return WireJson.read(lab.topology(3, devices), TopologyFile.class);
    }

    @Override
    public boolean liesInsideServer() {
        return false;
    }

    @Override
    public Look look() {
        SortedMap<String, String> pictures = new TreeMap<>();
        SortedMap<String, Look.Rights> rights = new TreeMap<>();
        for (LabNode node : lab.nodes()) {
            String picture =
                    node.check(LOOK).lines().map(String::strip).sorted().collect(Collectors.joining("\n"));
            pictures.put(node.manage(), picture);
            picture.lines()
                    .filter(line -> line.startsWith("directory "))
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 4)
                    .forEach(words -> rights.put(
                            node.manage() + ":" + words[1], new Look.Rights(Long.parseLong(words[2]), words[3])));
        }
        return new Look(pictures, volumes(), rights);
    }

    private SortedMap<String, Look.GlusterVolume> volumes() {
        SortedMap<String, Look.GlusterVolume> volumes = new TreeMap<>();
        String name = "";
        String status = "";
        String type = "";
        List<String> bricks = new ArrayList<>();
        SortedMap<String, String> options = new TreeMap<>();
        List<String> lines = new ArrayList<>(
                lab.node(1).check("gluster --mode=script volume info").lines().toList());
        lines.add("Volume Name: ");
        for (String line : lines) {
            String[] pair = line.strip().split(": ?", 2);
            String value = pair.length > 1 ? pair[1] : "";
            if (pair[0].equals("Volume Name")) {
                if (!name.isEmpty()) {
                    volumes.put(
                            name,
                            new Look.GlusterVolume(name, status, type, List.copyOf(bricks), new TreeMap<>(options)));
                }
                name = value;
                bricks.clear();
                options.clear();
            } else if (pair[0].equals("Type")) {
                type = value;
            } else if (pair[0].equals("Status")) {
                status = value;
            } else if (pair[0].equals("Number of Bricks")) {
                type = type(type, value);
            } else if (pair[0].matches("Brick\\d+")) {
                bricks.add(value.split(" ")[0]);
            } else if (pair[0].contains(".")) {
                options.put(pair[0], value);
            }
        }
        return volumes;
    }

    /**
     * @param kind such as {@code Distributed-Replicate}
     * @param count such as {@code 2 x (2 + 1) = 6}
     */
    private static String type(String kind, String count) {
        if (kind.endsWith("Distribute")) {
            return "distribute";
        }
        String set = count.replaceAll("^\\d+ x | = \\d+$|[()]", "");
        String[] parts = set.split(" \\+ ");
        int size = parts.length == 1
                ? Integer.parseInt(parts[0])
                : Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
        return kind.endsWith("Disperse")
                ? "disperse " + size + " redundancy " + parts[1]
                : "replica " + size + (parts.length == 1 ? "" : " arbiter " + parts[1]);
    }
}
