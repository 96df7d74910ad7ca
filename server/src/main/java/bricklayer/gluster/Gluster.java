package bricklayer.gluster;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Renders gluster's commands and reads its answers. Checked against GlusterFS 10.3; see gluster(8).
 *
 * <p>Commands that change something are rendered without {@code --xml}: with it gluster exits with 0 even when it failed.
 */
public final class Gluster {

    private static final Duration LIVENESS_DEADLINE = Duration.ofSeconds(30);
    private static final String NO_SUCH_VOLUME = "does not exist";

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
     * @param bricks {@code host:path}, whole sets
     */
    public Command createVolume(String name, VolumeType type, List<String> bricks) {
        List<String> words = new ArrayList<>(List.of("volume", "create", name));
        words.addAll(type.words());
        words.addAll(bricks);
        return change(words);
    }

    /**
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

    public Command start(String name) {
        return change("volume", "start", name);
    }

    /** Also when clients or a rebalance still use it. */
    public Command stop(String name) {
        return change("volume", "stop", name, "force");
    }

    /** Deletes the definition; the bricks and what is in them stay. Refused while started, or while it has snapshots. */
    public Command delete(String name) {
        return change("volume", "delete", name);
    }

    public Command rebalanceStart(String name) {
        return change("volume", "rebalance", name, "start");
    }

    /** Empty when there is no such volume. */
    public Query<Optional<VolumeInfo>> volumeInfo(String name) {
        return new Query<>(ask("volume", "info", name), answer -> {
            CliOutput output = CliOutput.read(answer);
            if (!output.succeeded() && output.error().contains(NO_SUCH_VOLUME)) {
                return Optional.empty();
            }
            return output.orFail().all("volume").stream()
                    .map(Gluster::volume)
                    .filter(volume -> volume.name().equals(name))
                    .findFirst();
        });
    }

    /** Names of all volumes of the pool; may be empty. */
    public Query<List<String>> volumes() {
        return new Query<>(
                ask("volume", "list"),
                answer -> CliOutput.read(answer).orFail().all("volume").stream()
                        .map(volume -> volume.getTextContent().strip())
                        .toList());
    }

    /** All members of the pool, the answering node among them. */
    public Query<List<Peer>> poolList() {
        return new Query<>(
                ask("pool", "list"),
                answer -> CliOutput.read(answer).orFail().all("peer").stream()
                        .map(peer -> new Peer(
                                CliOutput.text(peer, "uuid"),
                                CliOutput.text(peer, "hostname"),
                                CliOutput.text(peer, "connected").equals("1")))
                        .toList());
    }

    /** Names of a volume's snapshots; empty also when there is no such volume. */
    public Query<List<String>> snapshots(String volume) {
        return new Query<>(ask("snapshot", "list", volume), answer -> {
            CliOutput output = CliOutput.read(answer);
            if (!output.succeeded() && output.error().contains(NO_SUCH_VOLUME)) {
                return List.of();
            }
            return output.orFail().all("snapshot").stream()
                    .map(snapshot -> snapshot.getTextContent().strip())
                    .toList();
        });
    }

    /** Answers when glusterd runs, and fails when it does not. Asks glusterd itself: not every node has systemd. */
    public Query<Boolean> isRunning() {
        Command command = new Command(ask("pool", "list").argv(), LIVENESS_DEADLINE);
        return new Query<>(command, answer -> CliOutput.read(answer).orFail().succeeded());
    }

    private static VolumeInfo volume(Element volume) {
        Map<String, String> options = new LinkedHashMap<>();
        CliOutput.child(volume, "options")
                .ifPresent(list -> CliOutput.all(list, "option")
                        .forEach(option ->
                                options.put(CliOutput.text(option, "name"), CliOutput.text(option, "value"))));
        List<String> bricks = CliOutput.child(volume, "bricks")
                .map(list -> CliOutput.all(list, "brick").stream()
                        // the element's own text repeats the name, without a separator
                        .map(brick -> CliOutput.text(brick, "name"))
                        .toList())
                .orElse(List.of());
        String name = CliOutput.text(volume, "name");
        String status = CliOutput.text(volume, "statusStr");
        if (name.isEmpty() || status.isEmpty()) {
            throw new UnreadableAnswer("a volume without name or status in gluster's answer");
        }
        return new VolumeInfo(name, CliOutput.text(volume, "id"), status, bricks, options);
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
