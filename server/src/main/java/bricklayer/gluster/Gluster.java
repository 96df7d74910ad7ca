package bricklayer.gluster;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.Told;
import bricklayer.host.UnreadableAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Renders gluster's commands and reads its answers. Checked against GlusterFS 10.3; see gluster(8).
 *
 * <p>Commands that change something are rendered without {@code --xml}: with it gluster exits with 0 even when it failed.
 */
public final class Gluster {

    private static final Duration LIVENESS_DEADLINE = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]+");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern FLAG = Pattern.compile("[01]");
    private static final Pattern LIMIT = Pattern.compile("\\d{1,9}");
    private static final Pattern ENTRIES = Pattern.compile("-|\\d{1,18}");
    private static final Pattern STATUS = Pattern.compile("Created|Started|Stopped");
    private static final Pattern SNAPSHOT_STATUS = Pattern.compile("Started|Stopped");
    private static final Pattern BRICK = Pattern.compile("[^\\s:]+(:[^\\s/]+)*:/\\S*");

    /** Asks everything about a cluster, one answer after the other, each followed by a line with its exit status. */
    public static final String LOOK = "for q in 'volume info' 'volume status all' 'pool list' 'snapshot info'; do "
            + "gluster --mode=script --timeout=\"$1\" --xml $q; echo \"[exit $?]\"; done";

    private static final String EXIT = "[exit ";

    private static final Pattern EXIT_STATUS = Pattern.compile("\\d{1,3}");

    private final GlusterSettings settings;

    public Gluster(GlusterSettings settings) {
        this.settings = settings;
    }

    public Command peerProbe(String storageHost) {
        return change("peer", "probe", storageHost);
    }

    public Command peerDetach(String storageHost) {
        return change("peer", "detach", storageHost);
    }

    /**
     * Builds a volume. It is not started.
     *
     * @param bricks {@code host:path}, whole sets
     */
    public Command createVolume(String name, VolumeType type, List<String> bricks) {
        List<String> words = new ArrayList<>(List.of("volume", "create", name));
        words.addAll(type.words());
        words.addAll(bricks);
        return change(words);
    }

    /**
     * Grows a volume. Its files stay where they are until it is rebalanced.
     *
     * @param bricks {@code host:path}, whole sets
     */
    public Command addBricks(String name, List<String> bricks) {
        List<String> words = new ArrayList<>(List.of("volume", "add-brick", name));
        words.addAll(bricks);
        return change(words);
    }

    public Command setOption(String name, String key, String value) {
        return change("volume", "set", name, key, value);
    }

    /**
     * Sets several options in one transaction: all of them or none.
     *
     * <p>Gluster has no way to take a single option of the {@code user.} family away again. A key and its value may have 4,000 characters together: glusterd ends itself, without a word, when it writes a
     * line of 4,096 or more.
     *
     * @param options not empty, and without {@code group}, which goes alone
     */
    public Command setOptions(String name, Map<String, String> options) {
        List<String> words = new ArrayList<>(List.of("volume", "set", name));
        options.forEach((key, value) -> words.addAll(List.of(key, value)));
        return change(words);
    }

    public Command start(String name) {
        return change("volume", "start", name);
    }

    /** Starts the processes of bricks that are down, too; bricks that are not there are passed over. */
    public Command startForce(String name) {
        return change("volume", "start", name, "force");
    }

    /** Also when clients or a rebalance still use it. */
    public Command stop(String name) {
        return change("volume", "stop", name, "force");
    }

    /** Deletes the definition; the bricks and what is in them stay. Refused while started, or while it has snapshots. */
    public Command delete(String name) {
        return change("volume", "delete", name);
    }

    /**
     * Puts an empty brick in the place of another, which may be on a node that is down. What the other bricks of the set hold is copied to it in the background. The only form there is: without
     * {@code commit force} gluster refuses.
     *
     * @param old {@code host:path}, as {@link #volumeInfo} shows it
     * @param fresh {@code host:path}
     */
    public Command replaceBrick(String name, String old, String fresh) {
        return change("volume", "replace-brick", name, old, fresh, "commit", "force");
    }

    /** Says how many snapshots a volume may have, for all volumes. Gluster takes 1 to 256. */
    public Command limitSnapshots(int most) {
        return change("snapshot", "config", "snap-max-hard-limit", String.valueOf(most));
    }

    /** How many snapshots a volume may have, unless it has a limit of its own. */
    public Query<Integer> snapshotLimit() {
        return new Query<>(
                ask("snapshot", "config"),
                answer -> Integer.parseInt(
                        CliOutput.text(CliOutput.read(answer).list("snapConfig", "systemConfig"), "hardLimit", LIMIT)));
    }

    public Command rebalanceStart(String name) {
        return change("volume", "rebalance", name, "start");
    }

    /** Takes a snapshot under that very name. Refused unless the volume is started, each brick is up, and all lie on thin logical volumes. */
    public Command createSnapshot(String snapshot, String volume) {
        return change("snapshot", "create", snapshot, volume, "no-timestamp");
    }

    /** Mounts and serves a snapshot; only such a one can be cloned. */
    public Command activateSnapshot(String snapshot) {
        return change("snapshot", "activate", snapshot);
    }

    public Command deactivateSnapshot(String snapshot) {
        return change("snapshot", "deactivate", snapshot);
    }

    /** Deletes a snapshot, active or not, with the logical volumes that gluster made for it. Clones made from it stay. */
    public Command deleteSnapshot(String snapshot) {
        return change("snapshot", "delete", snapshot);
    }

    /**
     * Makes a volume of an active snapshot. It is not started, and has its origin's options. Its bricks are logical volumes that gluster makes, names and mounts; when the
     * volume is deleted they stay, mounted.
     */
    public Command cloneSnapshot(String clone, String snapshot) {
        return change("snapshot", "clone", clone, snapshot);
    }

    /**
     * Whether gluster refused because somebody else was changing the same volume or cluster, or because a member did not give its lock. Nothing was done; the same command may be given
     * again. A lock whose holder died stays until glusterd is restarted there, so somebody must count.
     */
    public static boolean isTransient(Exited answer) {
        return answer.status() != 0 && !answer.truncated() && LockRefusal.isIn(answer.out() + "\n" + answer.err());
    }

    /** Empty when the node that answers knows no such volume. */
    public Query<Optional<VolumeInfo>> volumeInfo(String name) {
        return new Query<>(ask("volume", "info", name), answer -> {
            CliOutput output = CliOutput.read(answer);
            if (knowsNo(name, output)) {
                return Optional.empty();
            }
            List<VolumeInfo> volumes = output.counted("volume", "volInfo", "volumes").stream()
                    .map(Gluster::volume)
                    .filter(volume -> volume.name().equals(name))
                    .toList();
            if (volumes.size() != 1) {
                throw new UnreadableAnswer("gluster showed " + volumes.size() + " volumes named " + name);
            }
            return Optional.of(volumes.getFirst());
        });
    }

    /**
     * What each brick of a replicated or dispersed volume still has to give to others of its set, in gluster's order. gluster has the bricks looked through, which takes long on large
     * ones, and refuses for volumes that are not started or have one copy only.
     */
    public Query<List<BrickHeal>> healInfo(String volume) {
        return new Query<>(
                ask("volume", "heal", volume, "info"),
                answer -> CliOutput.children(CliOutput.read(answer).list("healInfo", "bricks"), "brick").stream()
                        .map(Gluster::heal)
                        .toList());
    }

    private static BrickHeal heal(XmlElement brick) {
        String entries = CliOutput.text(brick, "numberOfEntries", ENTRIES);
        return new BrickHeal(
                CliOutput.text(brick, "name"),
                CliOutput.text(brick, "status").equals("Connected"),
                entries.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(entries)));
    }

    /** Names of all volumes of the pool; may be empty. */
    public Query<List<String>> volumes() {
        return new Query<>(ask("volume", "list"), answer -> names(CliOutput.read(answer), "volume", "volList"));
    }

    /** Everything about all volumes of the pool; may be empty. */
    public Query<List<VolumeDetails>> allVolumes() {
        return new Query<>(ask("volume", "info"), answer -> allVolumes(new Part(answer)));
    }

    private static List<VolumeDetails> allVolumes(Part answer) {
        List<VolumeDetails> volumes = new ArrayList<>();
        Map<String, String> words = new HashMap<>();
        CliOutput output = answer.each(volume -> volumes.add(details(volume, words)), "volInfo", "volumes", "volume");
        CliOutput.requireCount(CliOutput.text(output.list("volInfo", "volumes"), "count"), volumes.size(), "volume");
        return volumes;
    }

    /** All members of the pool, the answering node among them. */
    public Query<List<Peer>> poolList() {
        return new Query<>(ask("pool", "list"), answer -> members(CliOutput.read(answer)));
    }

    /** Names of a volume's snapshots; empty also when the node that answers knows no such volume. */
    public Query<List<String>> snapshots(String volume) {
        return new Query<>(ask("snapshot", "list", volume), answer -> {
            CliOutput output = CliOutput.read(answer);
            return knowsNo(volume, output) ? List.of() : names(output, "snapshot", "snapList");
        });
    }

    /** Empty when the node that answers knows no such snapshot. */
    public Query<Optional<SnapshotInfo>> snapshot(String name) {
        return new Query<>(ask("snapshot", "info", name), answer -> {
            CliOutput output = CliOutput.read(answer);
            if (!output.succeeded() && output.error().equals("Snapshot (" + name + ") does not exist")) {
                return Optional.empty();
            }
            List<XmlElement> shown = CliOutput.children(output.list("snapInfo", "snapshots"), "snapshot");
            CliOutput.requireCount(CliOutput.text(output.list("snapInfo"), "count"), shown.size(), "snapshot");
            List<SnapshotInfo> snapshots = shown.stream()
                    .map(Gluster::snapshot)
                    .filter(snapshot -> snapshot.name().equals(name))
                    .toList();
            if (snapshots.size() != 1) {
                throw new UnreadableAnswer("gluster showed " + snapshots.size() + " snapshots named " + name);
            }
            return Optional.of(snapshots.getFirst());
        });
    }

    private static SnapshotInfo snapshot(XmlElement snapshot) {
        XmlElement volume = CliOutput.child(snapshot, "snapVolume")
                .orElseThrow(() -> new UnreadableAnswer("gluster showed a snapshot without its volume"));
        return new SnapshotInfo(
                CliOutput.text(snapshot, "name", NAME),
                CliOutput.text(volume, "status", SNAPSHOT_STATUS).equals("Started"));
    }

    /** All about the cluster of the answering node, in one question. It fails where that node does not know; what gluster cannot tell for the moment is unknown. */
    public Query<ClusterSeen> cluster() {
        Command command = Command.of(
                settings.deadline(),
                "sh",
                "-c",
                LOOK,
                "sh",
                String.valueOf(settings.cliTimeout().toSeconds()));
        return new Query<>(command, answer -> {
            List<Part> answers = each(answer);
            return new ClusterSeen(
                    allVolumes(answers.get(0)),
                    Told.by(() -> processes(answers.get(1))),
                    members(answers.get(2).read()),
                    Told.by(() -> allSnapshots(answers.get(3))));
        });
    }

    /** One of several answers in what a script said. Not cut out of it, for the answers about a large cluster are long. */
    private record Part(Exited whole, int status, int begin, int end) {

        Part(Exited whole) {
            this(whole, whole.status(), 0, whole.out().length());
        }

        CliOutput read() {
            return each(element -> {});
        }

        CliOutput each(Consumer<XmlElement> sink, String... path) {
            return CliOutput.read(whole, status, begin, end, List.of(path), sink);
        }
    }

    private static List<Part> each(Exited whole) {
        String out = whole.out();
        List<Part> answers = new ArrayList<>();
        int begin = 0;
        for (int mark = out.indexOf(EXIT); mark >= 0; mark = out.indexOf(EXIT, mark + 1)) {
            int close = out.indexOf("]\n", mark);
            String status = close < 0 ? "" : out.substring(mark + EXIT.length(), close);
            boolean ownLine = mark == 0 || out.charAt(mark - 1) == '\n';
            if (ownLine && EXIT_STATUS.matcher(status).matches()) {
                answers.add(new Part(whole, Integer.parseInt(status), begin, mark));
                begin = close + 2;
            }
        }
        if (whole.status() != 0 || answers.size() != 4 || begin != out.length()) {
            throw new UnreadableAnswer("gluster gave " + answers.size() + " of 4 answers, status " + whole.status()
                    + ": " + CliOutput.excerpt(whole.err().isBlank() ? out : whole.err()));
        }
        return answers;
    }

    private static List<BrickProcess> processes(Part answer) {
        List<BrickProcess> processes = new ArrayList<>();
        answer.each(volume -> processes(volume, processes), "volStatus", "volumes", "volume")
                .list("volStatus", "volumes");
        return processes;
    }

    private static void processes(XmlElement volume, List<BrickProcess> processes) {
        String name = CliOutput.text(volume, "volName", NAME);
        List<XmlElement> shown = CliOutput.children(volume, "node");
        CliOutput.requireCount(CliOutput.text(volume, "nodeCount"), shown.size(), "node");
        for (XmlElement process : shown) {
            String path = CliOutput.text(process, "path");
            if (path.startsWith("/")) { // the others are daemons
                processes.add(new BrickProcess(
                        name,
                        CliOutput.shaped(CliOutput.text(process, "hostname") + ":" + path, "path", BRICK),
                        CliOutput.text(process, "status", FLAG).equals("1")));
            }
        }
    }

    private static List<SnapshotSeen> allSnapshots(Part answer) {
        List<SnapshotSeen> snapshots = new ArrayList<>();
        CliOutput output = answer.each(snapshot -> snapshots.add(seen(snapshot)), "snapInfo", "snapshots", "snapshot");
        output.list("snapInfo", "snapshots");
        CliOutput.requireCount(CliOutput.text(output.list("snapInfo"), "count"), snapshots.size(), "snapshot");
        return snapshots;
    }

    private static SnapshotSeen seen(XmlElement snapshot) {
        XmlElement volume = CliOutput.child(snapshot, "snapVolume")
                .orElseThrow(() -> new UnreadableAnswer("gluster showed a snapshot without its volume"));
        XmlElement origin = CliOutput.child(volume, "originVolume")
                .orElseThrow(() -> new UnreadableAnswer("gluster showed a snapshot without its origin"));
        return new SnapshotSeen(
                CliOutput.text(snapshot, "name", NAME),
                CliOutput.text(snapshot, "uuid", ID),
                CliOutput.text(volume, "name", NAME),
                CliOutput.text(origin, "name", NAME),
                CliOutput.text(volume, "status", SNAPSHOT_STATUS).equals("Started"));
    }

    /** Answers when glusterd runs, and fails when it does not. Asks glusterd itself: not every node has systemd. */
    public Query<Boolean> isRunning() {
        Command command = new Command(ask("pool", "list").argv(), LIVENESS_DEADLINE);
        return new Query<>(command, answer -> !members(CliOutput.read(answer)).isEmpty());
    }

    /** Not any "does not exist": gluster says that of options, bricks and snapshots as well. */
    private static boolean knowsNo(String volume, CliOutput output) {
        return !output.succeeded()
                && List.of(
                                "Volume does not exist",
                                "Volume " + volume + " does not exist",
                                "Volume (" + volume + ") does not exist")
                        .contains(output.error());
    }

    private static List<String> names(CliOutput output, String element, String list) {
        return output.counted(element, list).stream()
                .map(named -> CliOutput.shaped(named.text(), element, NAME))
                .toList();
    }

    /** Nothing counts them here, but the answering node is always one of them. */
    private static List<Peer> members(CliOutput output) {
        List<Peer> members = CliOutput.children(output.list("peerStatus"), "peer").stream()
                .map(Gluster::peer)
                .toList();
        if (members.stream().filter(peer -> peer.hostname().equals("localhost")).count() != 1) {
            throw new UnreadableAnswer("the answering node is not one of the pool that it lists: " + members);
        }
        return members;
    }

    private static Peer peer(XmlElement peer) {
        String hostname = CliOutput.text(peer, "hostname", HOST);
        List<String> names =
                CliOutput.child(peer, "hostnames")
                        .map(list -> CliOutput.children(list, "hostname"))
                        .orElse(List.of())
                        .stream()
                        .map(name -> CliOutput.shaped(name.text(), "hostname", HOST))
                        .toList();
        return new Peer(
                CliOutput.text(peer, "uuid", ID),
                hostname,
                CliOutput.text(peer, "connected", FLAG).equals("1"),
                names.isEmpty() ? List.of(hostname) : names);
    }

    private static VolumeInfo volume(XmlElement volume) {
        List<XmlElement> bricks = CliOutput.child(volume, "bricks")
                .map(list -> CliOutput.children(list, "brick"))
                .orElse(List.of());
        CliOutput.requireCount(CliOutput.text(volume, "brickCount"), bricks.size(), "brick");
        Map<String, String> options = new LinkedHashMap<>();
        CliOutput.child(volume, "options")
                .ifPresent(list -> CliOutput.children(list, "option")
                        .forEach(option ->
                                options.put(CliOutput.text(option, "name", NAME), CliOutput.text(option, "value"))));
        return new VolumeInfo(
                CliOutput.text(volume, "name", NAME),
                CliOutput.text(volume, "id", ID),
                CliOutput.text(volume, "statusStr", STATUS),
                // in the element's own text is the name, too
                bricks.stream()
                        .map(brick -> CliOutput.text(brick, "name", BRICK))
                        .toList(),
                options);
    }

    /** @param words that volumes have in common, each kept once */
    private static VolumeDetails details(XmlElement volume, Map<String, String> words) {
        List<VolumeDetails.Brick> bricks =
                CliOutput.child(volume, "bricks")
                        .map(list -> CliOutput.children(list, "brick"))
                        .orElse(List.of())
                        .stream()
                        .map(brick -> new VolumeDetails.Brick(
                                once(words, brick.attribute("uuid")),
                                CliOutput.text(brick, "name", BRICK),
                                once(words, CliOutput.text(brick, "hostUuid")),
                                CliOutput.text(brick, "isArbiter").equals("1")))
                        .toList();
        List<Map.Entry<String, String>> options =
                CliOutput.child(volume, "options")
                        .map(list -> CliOutput.children(list, "option"))
                        .orElse(List.of())
                        .stream()
                        .map(option ->
                                Map.entry(once(words, CliOutput.text(option, "name")), CliOutput.text(option, "value")))
                        .toList();
        return new VolumeDetails(
                CliOutput.text(volume, "name", NAME),
                CliOutput.text(volume, "id", ID),
                CliOutput.number(volume, "status"),
                once(words, CliOutput.text(volume, "statusStr")),
                CliOutput.number(volume, "brickCount"),
                CliOutput.number(volume, "distCount"),
                CliOutput.number(volume, "stripeCount"),
                CliOutput.number(volume, "replicaCount"),
                CliOutput.number(volume, "arbiterCount"),
                CliOutput.number(volume, "disperseCount"),
                CliOutput.number(volume, "redundancyCount"),
                CliOutput.number(volume, "type"),
                once(words, CliOutput.text(volume, "typeStr")),
                CliOutput.number(volume, "transport"),
                bricks,
                CliOutput.number(volume, "optCount"),
                options);
    }

    private static String once(Map<String, String> words, String word) {
        String known = words.putIfAbsent(word, word);
        return known == null ? word : known;
    }

    private Command change(String... words) {
        return change(List.of(words));
    }

    private Command change(List<String> words) {
        return gluster(List.of(), words);
    }

    private Command ask(String... words) {
        return gluster(List.of("--xml"), List.of(words));
    }

    private Command gluster(List<String> flags, List<String> words) {
        List<String> argv = new ArrayList<>(List.of(
                "gluster", "--mode=script", "--timeout=" + settings.cliTimeout().toSeconds()));
        argv.addAll(flags);
        argv.addAll(words);
        return new Command(argv, settings.deadline());
    }
}
