package bricklayer.functional;

import bricklayer.functional.lab.LabNode;
import bricklayer.functional.lab.OpenShells;
import java.util.List;
import java.util.stream.Collectors;

/** Replica-3 volumes of 1 GiB made on the lab without the product, all bricks at once: what its own speed is compared with. */
sealed interface HandMade {

    /** What it is called in a report. */
    String title();

    void create(String name);

    void delete(String name);

    /** A volume group on the third disk of each node. */
    static void prepare(OpenShells shells) {
        shells.onEach(
                node -> shells.run(
                        node,
                        "pvcreate -qq --metadatasize=128M --dataalignment=256K /dev/vdc && vgcreate -qq --autobackup=n vg_hand /dev/vdc"));
    }

    private static String bricks(List<LabNode> nodes, String mount) {
        return nodes.stream()
                .map(node -> node.storage() + ":" + mount + "/brick")
                .collect(Collectors.joining(" "));
    }

    private static String lvcreate(String name) {
        return "/usr/sbin/lvm lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 1048576K --thin vg_hand/tp_"
                + name + " --virtualsize 1048576K --name brick_" + name;
    }

    private static void remove(OpenShells shells, LabNode first, String name, String mount) {
        shells.run(
                first,
                "gluster --mode=script volume stop " + name + " force; gluster --mode=script volume delete " + name);
        shells.onEach(node -> shells.run(
                node,
                "umount " + mount + "; sed -i '\\#" + mount
                        + " #d' /etc/fstab; lvremove -qq --autobackup=n -f vg_hand/tp_" + name));
    }

    /** The commands that are needed, as an administrator gives them who has a shell open on each node. */
    record ByHand(OpenShells shells, List<LabNode> nodes) implements HandMade {

        @Override
        public String title() {
            return "by hand";
        }

        @Override
        public void create(String name) {
            String device = "/dev/mapper/vg_hand-brick_" + name;
            String mount = "/mnt/" + name;
            shells.onEach(node -> {
                shells.run(node, lvcreate(name));
                shells.run(node, "mkfs.xfs -q -i size=512 -n size=8192 " + device);
                shells.run(node, "mkdir -p " + mount);
                shells.run(node, "echo '" + device + " " + mount + " xfs rw,inode64,noatime,nouuid 1 2' >>/etc/fstab");
                shells.run(node, "mount -o rw,inode64,noatime,nouuid " + device + " " + mount);
                shells.run(node, "mkdir " + mount + "/brick");
            });
            LabNode first = nodes.getFirst();
            shells.run(first, "gluster --mode=script volume create " + name + " replica 3 " + bricks(nodes, mount));
            shells.run(
                    first,
                    "gluster --mode=script volume set " + name + " user.heketi.id 0123456789abcdef0123456789abcdef");
            shells.run(first, "gluster --mode=script volume start " + name);
        }

        @Override
        public void delete(String name) {
            remove(shells, nodes.getFirst(), name, "/mnt/" + name);
        }
    }

    /**
     * The commands that Heketi 10 gives for the same volume: their words, their order, what waits for what, a shell of its own for each, no command twice at one host at a time.
     *
     * @param connecting whether each batch has a connection of its own, as Heketi makes one; else the open ones are used
     */
    record AsHeketi(OpenShells shells, List<LabNode> nodes, boolean connecting) implements HandMade {

        private static final String GLUSTER = "gluster --mode=script --timeout=600 ";

        @Override
        public String title() {
            return connecting ? "as Heketi, a connection for each batch" : "as Heketi, connections open";
        }

        private static String mount(String name) {
            return "/var/lib/heketi/mounts/vg_hand/brick_" + name;
        }

        @Override
        public void create(String name) {
            String device = "/dev/mapper/vg_hand-brick_" + name;
            String mount = mount(name);
            shells.onEach(node -> batch(
                    node,
                    List.of(
                            "mkdir -p " + mount,
                            lvcreate(name),
                            "mkfs.xfs -i size=512 -n size=8192 " + device,
                            "awk \"BEGIN {print \\\"" + device + " " + mount
                                    + " xfs rw,inode64,noatime,nouuid 1 2\\\" >> \\\"/etc/fstab\\\"}\"",
                            "mount -o rw,inode64,noatime,nouuid " + device + " " + mount,
                            "mkdir " + mount + "/brick")));
            batch(
                    nodes.getFirst(),
                    List.of(
                            GLUSTER + "volume create " + name + " replica 3 " + bricks(nodes, mount),
                            GLUSTER + "volume set " + name + " user.heketi.id 0123456789abcdef0123456789abcdef",
                            GLUSTER + "volume start " + name));
        }

        private void batch(LabNode node, List<String> commands) {
            if (connecting) {
                shells.close(node);
                shells.open(node);
            }
            commands.forEach(command -> shells.run(node, "/bin/bash -c '" + command + "'"));
        }

        @Override
        public void delete(String name) {
            remove(shells, nodes.getFirst(), name, mount(name));
        }
    }
}
