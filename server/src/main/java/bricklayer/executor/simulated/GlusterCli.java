package bricklayer.executor.simulated;

import bricklayer.host.CommandResult.Exited;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The {@code gluster} program on one node. */
final class GlusterCli {

    private static final Set<String> QUESTIONS = Set.of("info", "list", "status");

    private static final Set<String> LISTS = Set.of(
            "peer status",
            "pool list",
            "volume list",
            "volume info",
            "snapshot info",
            "snapshot list",
            "snapshot config");

    private final Node node;
    private final GlusterPeers peers;
    private final GlusterVolumes volumes;
    private final GlusterSnapshots snapshots;

    GlusterCli(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.peers = new GlusterPeers(node, pools, changes);
        this.volumes = new GlusterVolumes(node, pools, changes);
        this.snapshots = new GlusterSnapshots(node, pools, changes);
    }

    static boolean changesNothing(List<String> words) {
        return words.stream()
                .filter(word -> !word.startsWith("-"))
                .skip(1)
                .limit(1)
                .anyMatch(QUESTIONS::contains);
    }

    Exited run(List<String> argv) {
        List<String> words = new ArrayList<>(argv);
        boolean xml = false;
        while (!words.isEmpty() && words.getFirst().startsWith("-")) {
            String flag = words.removeFirst();
            xml |= flag.equals("--xml");
            if (!flag.equals("--xml") && !flag.equals("--mode=script") && !flag.matches("--timeout=[0-9]+")) {
                throw new NotSimulated("option " + flag);
            }
        }
        if (words.size() < 2) {
            throw new NotSimulated("a gluster command");
        }
        if (!node.state().glusterd()) {
            return Answers.refused(1, "Connection failed. Please check if gluster daemon is operational.");
        }
        GlusterReply reply = reply(words.get(0) + " " + words.get(1), words.subList(2, words.size()));
        return xml ? reply.asXml() : reply.asText();
    }

    private GlusterReply reply(String command, List<String> words) {
        if (words.isEmpty() && !LISTS.contains(command)) {
            throw new NotSimulated("a gluster command about nothing");
        }
        return switch (command) {
            case "peer probe" -> peers.probe(only(words));
            case "peer detach" -> peers.detach(only(words));
            case "peer status" -> peers.list(false);
            case "pool list" -> peers.list(true);
            case "volume create" -> volumes.create(words);
            case "volume add-brick" -> volumes.addBricks(words);
            case "volume replace-brick" -> volumes.replaceBrick(words);
            case "volume heal" -> volumes.heal(words);
            case "volume set" -> volumes.set(words);
            case "volume start" -> volumes.start(words);
            case "volume stop" -> volumes.stop(words);
            case "volume delete" -> volumes.delete(only(words));
            case "volume rebalance" -> volumes.rebalance(words);
            case "volume info" -> volumes.info(words);
            case "volume list" -> volumes.list();
            case "volume status" -> volumes.status(words);
            case "snapshot create" -> snapshots.create(words);
            case "snapshot activate" -> snapshots.activate(only(words));
            case "snapshot deactivate" -> snapshots.deactivate(only(words));
            case "snapshot clone" -> snapshots.cloneFrom(words);
            case "snapshot info" -> words.isEmpty() ? snapshots.infoOfAll() : snapshots.info(only(words));
            case "snapshot delete" -> snapshots.delete(only(words));
            case "snapshot config" -> snapshots.config(words);
            case "snapshot list" -> snapshots.list(words);
            default -> throw new NotSimulated("a gluster command");
        };
    }

    private static String only(List<String> words) {
        if (words.size() != 1) {
            throw new NotSimulated("a gluster command about " + words.size() + " things");
        }
        return words.getFirst();
    }
}
