package bricklayer.executor.simulated;

import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.machine.Machine;
import bricklayer.mount.Mounts;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds who interprets a command. */
final class Interpreters {

    private Interpreters() {}

    /** Empty when the node cannot be reached. */
    static Optional<Exited> run(SimulatedNodes nodes, HostName host, List<String> argv) {
        try {
            List<String> words = withoutWrapper(argv);
            List<String> rest = words.subList(1, words.size());
            String program = program(words.getFirst());
            if (program.equals("gluster-block")) {
                return nodes.exclusively(
                        host,
                        (node, changes) ->
                                ifReachable(node, () -> new GlusterBlockCli(node, nodes.pools(), changes).run(rest)));
            }
            if (program.equals("sh") && isScript(rest, GlusterBlock.LOOK)) {
                return nodes.exclusively(
                        host,
                        (node, changes) -> ifReachable(
                                node,
                                () -> new Scripts(node, nodes.pools(), changes).blocks(rest.subList(3, rest.size()))));
            }
            if (!program.equals("gluster")) {
                return nodes.onNode(
                        host, (node, changes) -> ifReachable(node, () -> local(nodes, node, changes, program, rest)));
            }
            BiFunction<Node, Changes, Optional<Exited>> gluster =
                    (node, changes) -> ifReachable(node, () -> new GlusterCli(node, nodes.pools(), changes).run(rest));
            return GlusterCli.changesNothing(rest) ? nodes.onNode(host, gluster) : nodes.exclusively(host, gluster);
        } catch (NotSimulated e) {
            return Optional.of(Answers.notSimulated(argv, e.what()));
        }
    }

    /** Runs a command that dies before it is through. */
    static Optional<Exited> runHalf(SimulatedNodes nodes, HostName host, List<String> argv) {
        List<String> words = withoutWrapper(argv);
        List<String> rest = words.subList(1, words.size());
        if (program(words.getFirst()).equals("gluster-block")) {
            return nodes.exclusively(
                    host,
                    (node, changes) ->
                            ifReachable(node, () -> new GlusterBlockCli(node, nodes.pools(), changes).runHalf(rest)));
        }
        boolean hasHalves = program(words.getFirst()).equals("lvcreate");
        return nodes.onNode(
                host,
                (node, changes) -> ifReachable(
                        node,
                        () -> hasHalves ? new LogicalVolumes(node, changes).createPoolOnly(rest) : Answers.done()));
    }

    private interface Work {
        Exited run();
    }

    private static Optional<Exited> ifReachable(Node node, Work work) {
        return node.reachable() ? Optional.of(work.run()) : Optional.empty();
    }

    /** LVM may be started through other programs; what follows {@code lvm} is the command. */
    private static List<String> withoutWrapper(List<String> argv) {
        for (int i = 0; i < argv.size() - 1; i++) {
            if (program(argv.get(i)).equals("lvm")) {
                return argv.subList(i + 1, argv.size());
            }
        }
        return argv;
    }

    /** {@code -c <script> sh <arguments>}. */
    private static boolean isScript(List<String> words, String script) {
        return words.size() >= 3
                && words.getFirst().equals("-c")
                && words.get(1).equals(script);
    }

    private static String program(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static Exited local(SimulatedNodes nodes, Node node, Changes changes, String program, List<String> words) {
        return switch (program) {
            case "pvcreate" -> new VolumeGroups(node, changes).pvcreate(words);
            case "pvremove" -> new VolumeGroups(node, changes).pvremove(words);
            case "vgcreate" -> new VolumeGroups(node, changes).vgcreate(words);
            case "vgchange" -> new VolumeGroups(node, changes).vgchange(words);
            case "vgremove" -> new VolumeGroups(node, changes).vgremove(words);
            case "lvcreate" -> new LogicalVolumes(node, changes).create(words);
            case "lvremove" -> new LogicalVolumes(node, changes).remove(words);
            case "pvs" -> new LvmReports(node, changes).pvs(words);
            case "vgs" -> new LvmReports(node, changes).vgs(words);
            case "lvs" -> new LvmReports(node, changes).lvs(words);
            case "wipefs" -> new FileSystems(node, changes).wipefs(words);
            case "blkid" -> new FileSystems(node, changes).blkid(words);
            case "mkfs.xfs" -> new FileSystems(node, changes).makeXfs(words);
            case "mount" -> new FileSystems(node, changes).mount(words);
            case "umount" -> new FileSystems(node, changes).unmount(words, nodes.pools());
            case "findmnt" -> new FileSystems(node, changes).findmnt(words);
            case "mkdir" -> new Directories(node, changes).mkdir(words);
            case "rmdir" -> new Directories(node, changes).rmdir(words);
            case "chown" -> new Directories(node, changes).chown(words);
            case "chmod" -> new Directories(node, changes).chmod(words);
            case "stat" ->
                words.contains("-f")
                        ? new FileSystems(node, changes).sizes(words)
                        : new Directories(node, changes).stat(words);
            case "getent" -> new Scripts(node, nodes.pools(), changes).addressesOf(nodes, words);
            case "ip" -> new Scripts(node, nodes.pools(), changes).ownAddresses(words);
            case "cat" -> new Directories(node, changes).cat(words);
            case "test" -> new Directories(node, changes).test(words);
            case "sh" ->
                isScript(words, Gluster.LOOK)
                        ? new Scripts(node, nodes.pools(), changes).cluster(words.subList(3, words.size()))
                        : isScript(words, Machine.LOOK)
                                ? new Scripts(node, nodes.pools(), changes).machine(words.subList(3, words.size()))
                                : isScript(words, Mounts.LOOK)
                                        ? new Scripts(node, nodes.pools(), changes)
                                                .mounts(words.subList(3, words.size()))
                                        : new Directories(node, changes).shell(words);
            case "find" -> new Scripts(node, nodes.pools(), changes).find(words);
            case "flock" -> new Directories(node, changes).flock(words);
            default -> throw new NotSimulated("an unknown program");
        };
    }
}
