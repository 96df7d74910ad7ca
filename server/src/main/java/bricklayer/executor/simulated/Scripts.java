package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.CommandResult.Exited;
import bricklayer.mount.Mounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scripts that look at much at once: {@link Mounts#LOOK}, {@link Gluster#LOOK} and {@link GlusterBlock#LOOK}. */
final class Scripts {

    private static final List<List<String>> CLUSTER_QUESTIONS = List.of(
            List.of("volume", "info"),
            List.of("volume", "status", "all"),
            List.of("pool", "list"),
            List.of("snapshot", "info"));

    private final Node node;
    private final Pools pools;
    private final Changes changes;

    Scripts(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
    }

    /**
     * A machine has every module and program, and no clock of its own.
     *
     * @param arguments fstab and the root
     */
    Exited machine(List<String> arguments) {
        String root = arguments.get(1);
        StringBuilder out = new StringBuilder("time\t\nuser\troot\n");
        List.of("dm_thin_pool", "dm_snapshot", "dm_mirror", "fuse")
                .forEach(module -> out.append("module.").append(module).append("\tloaded\n"));
        List.of(
                        "lvm",
                        "mkfs.xfs",
                        "gluster",
                        "thin_check",
                        "thin_repair",
                        "timeout",
                        "flock",
                        "findmnt",
                        "blkid",
                        "wipefs",
                        "awk")
                .forEach(program -> out.append("program.%s\t/usr/sbin/%s\n".formatted(program, program)));
        boolean answers = node.state().glusterd();
        out.append("sshd.maxsessions\t10\nglusterd\t")
                .append(answers ? "up" : "")
                .append('\n');
        out.append("port.24007\t").append(answers ? "open" : "").append("\nfull./\t21\n");
        node.fstab.all().values().stream()
                .map(line -> line.text().split(" ")[1])
                .filter(path -> path.startsWith(root + "/") && !node.mounts.has(path))
                .forEach(path -> out.append("unmounted\t").append(path).append('\n'));
        node.mounts.all().keySet().stream()
                .filter(path -> path.startsWith(root + "/")
                        && node.fstab.all().values().stream()
                                .noneMatch(line -> line.text().contains(" " + path + " ")))
                .forEach(path -> out.append("unlisted\t").append(path).append('\n'));
        node.disks
                .all()
                .forEach((name, disk) -> out.append(
                        "disk.%s\t%s\n".formatted(name, disk.uuid().isEmpty() ? disk.signature() : "LVM2_member ")));
        return Answers.said(out + "end\n");
    }

    /** {@code ahosts NAME}: a node's address is the name it was first known by among the nodes. */
    Exited addressesOf(SimulatedNodes nodes, List<String> words) {
        if (words.size() != 2 || !words.getFirst().equals("ahosts")) {
            throw new NotSimulated("another question than where a name leads");
        }
        return nodes.known(words.getLast())
                .map(found -> Answers.said(found.state().storage() + "       STREAM " + words.getLast() + "\n"))
                .orElseGet(() -> Answers.refused(2, ""));
    }

    /** {@code -o addr show}. */
    Exited ownAddresses(List<String> words) {
        if (!words.equals(List.of("-o", "addr", "show"))) {
            throw new NotSimulated("another question than for all addresses");
        }
        return Answers.said("1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet "
                + node.state().storage() + "/24 scope global eth0\n");
    }

    /** @param arguments fstab and the root */
    Exited mounts(List<String> arguments) {
        String root = arguments.get(1);
        StringBuilder out = new StringBuilder("m /dev/vda1 / ext4 rw,relatime 0 0\n");
        node.mounts
                .all()
                .forEach((path, mount) ->
                        out.append("m %s %s xfs %s 0 0\n".formatted(mount.device(), path, mount.options())));
        node.fstab
                .all()
                .values()
                .forEach(line -> out.append("f ").append(line.text()).append('\n'));
        Map<String, Directory> onRoot = below(Node.ROOT, "", root);
        Map<String, Directory> seen = new TreeMap<>();
        onRoot.forEach((path, directory) -> {
            if (node.place(path).fileSystem().equals(Node.ROOT) && depth(root, path) <= 3) {
                seen.put(path, directory);
            }
        });
        node.mounts.all().forEach((point, mount) -> {
            if (point.startsWith(root + "/")) {
                seen.put(point, node.directory(point).orElse(Directory.PLAIN));
                below(mount.fileSystem(), point, "").forEach((path, directory) -> {
                    if (depth(root, path) <= 3) {
                        seen.put(path, directory);
                    }
                });
            }
        });
        seen.forEach((path, directory) ->
                out.append("d d %s %d %s\n".formatted(plain(directory.mode()), directory.gid(), path)));
        onRoot.keySet().stream()
                .filter(path ->
                        depth(root, path) >= 4 && node.place(path).fileSystem().equals(Node.ROOT))
                .limit(Mounts.STRAYS_MAX)
                .forEach(path -> out.append("x 4096 0.0000000000 %s\n".formatted(path)));
        return Answers.said(out.append("end\n").toString());
    }

    /** {@code find <mount point> -xdev -mindepth 2 …}: the first thing in the brick folder. */
    Exited find(List<String> words) {
        if (words.size() != 11 || !words.subList(1, 4).equals(List.of("-xdev", "-mindepth", "2"))) {
            throw new NotSimulated("another search");
        }
        String point = words.getFirst();
        if (node.directory(point).isEmpty()) {
            return Answers.refused(1, "find: '" + point + "': No such file or directory");
        }
        Node.Place place = node.place(point);
        String inside = place.path().equals("/") ? "" : place.path();
        String prefix = point.substring(0, point.length() - inside.length());
        return below(place.fileSystem(), prefix, inside).keySet().stream()
                .filter(path ->
                        depth(point, path) >= 2 && node.place(path).fileSystem().equals(place.fileSystem()))
                .findFirst()
                .map(path -> Answers.said("4096 0.0000000000 " + path + "\n"))
                .orElseGet(Answers::done);
    }

    /** Directories of a file system below a path in it, by the path under which the node sees them. */
    private Map<String, Directory> below(String fileSystem, String point, String path) {
        Map<String, Directory> found = new TreeMap<>();
        node.directories
                .startingWith(fileSystem + ":" + path + "/")
                .forEach((key, directory) -> found.put(point + key.substring(fileSystem.length() + 1), directory));
        found.remove(point + "/");
        return found;
    }

    private static int depth(String root, String path) {
        return (int) path.substring(root.length()).chars().filter(c -> c == '/').count();
    }

    private static String plain(String mode) {
        return mode.length() == 4 && mode.startsWith("0") ? mode.substring(1) : mode;
    }

    Exited cluster(List<String> arguments) {
        List<String> said = new java.util.ArrayList<>();
        for (List<String> question : CLUSTER_QUESTIONS) {
            List<String> words =
                    new java.util.ArrayList<>(List.of("--mode=script", "--timeout=" + arguments.getFirst(), "--xml"));
            words.addAll(question);
            Exited answer = new GlusterCli(node, pools, changes).run(words);
            said.addAll(List.of(answer.out(), answer.err(), "[exit " + answer.status() + "]\n"));
        }
        // each copy of what a large cluster says counts
        return Answers.said(String.join("", said));
    }

    Exited blocks(List<String> questions) {
        StringBuilder out = new StringBuilder();
        for (String question : questions) {
            List<String> words = new java.util.ArrayList<>(List.of(question.split(" ", -1)));
            words.add("--json");
            Exited answer = new GlusterBlockCli(node, pools, changes).run(words);
            add(out, new Exited(answer.status(), answer.out() + answer.err() + "\n", ""));
        }
        return Answers.said(out.toString());
    }

    private static void add(StringBuilder out, Exited answer) {
        out.append(answer.out())
                .append(answer.err())
                .append("[exit ")
                .append(answer.status())
                .append("]\n");
    }
}
