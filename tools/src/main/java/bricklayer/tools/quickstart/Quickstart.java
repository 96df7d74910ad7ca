package bricklayer.tools.quickstart;

import bricklayer.api.BrickInfo;
import bricklayer.api.Durability;
import bricklayer.api.NodeInfo;
import bricklayer.api.TopologyFile;
import bricklayer.api.UnreadableJson;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.Credentials;
import bricklayer.client.NotFound;
import bricklayer.client.Patience;
import bricklayer.client.TimeSource;
import bricklayer.client.TopologyLoad;
import bricklayer.client.TopologyStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Goes from nothing to a volume, each part only where it is missing: folder, configuration, server, topology, volume. So a run that was
 * interrupted, or a second one, carries on.
 */
public final class Quickstart {

    private static final int USUAL_PORT = 8080;
    private static final int PORTS_TRIED = 100;
    private static final String VOLUME = "first";
    private static final long VOLUME_GIB = 10;

    private final String program;
    private final DataFolder data;
    private final ServerStarter starter;
    private final TimeSource time;
    private final RandomGenerator random;
    private final PrintWriter out;
    private final ProgressLine progress;

    /**
     * Starts nothing yet.
     *
     * @param program how a person calls this program here
     */
    public Quickstart(
            String program,
            DataFolder data,
            ServerStarter starter,
            TimeSource time,
            RandomGenerator random,
            PrintWriter out,
            ProgressLine progress) {
        this.program = program;
        this.data = data;
        this.starter = starter;
        this.time = time;
        this.random = random;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Does it all and prints what came of it.
     *
     * @param port where to serve; when empty the configured one, or the next that is free
     * @throws QuickstartFailed when the folder cannot be used or the server does not start
     * @throws BricklayerException when the server refuses the volume
     */
    public void run(OptionalInt port) {
        data.create();
        try (FileChannel _ = data.lock()) {
            String url = server(port);
            BricklayerClient client = client(url, Patience.NORMAL);
            TopologyLoad load = loadTopology(client);
            VolumeInfo volume = volume(client, load.clusters());
            showVolume(client, volume);
            showWhatNext(url, volume);
        } catch (IOException e) {
            throw new QuickstartFailed("cannot unlock " + data.root() + ": " + e, e);
        }
    }

    private String server(OptionalInt port) {
        boolean known = data.hasConfig();
        if (!known) {
            data.writeConfig(freePort(port.orElse(USUAL_PORT), port.isPresent()), random);
            say("Wrote %s with fresh keys.", data.config());
        }
        DataFolder.Config config = data.readConfig();
        Optional<String> running = known ? running(config) : Optional.empty();
        if (running.isPresent()) {
            say("Found the server of %s: %s", data.root(), running.get());
            return running.get();
        }
        int wanted = port.orElse(config.port());
        int chosen = known ? freePort(wanted, port.isPresent()) : wanted;
        say("Starting the server on port %d (log: %s) ...", chosen, data.log());
        DataFolder.StartedServer started = starter.start(data, chosen);
        say("Server: %s (process %d)", started.url(), started.pid());
        return started.url();
    }

    /** The address at which a server answers that knows this folder's key. */
    private Optional<String> running(DataFolder.Config config) {
        List<String> candidates = new ArrayList<>();
        data.server().map(DataFolder.StartedServer::url).ifPresent(candidates::add);
        candidates.add("http://localhost:" + config.port());
        return candidates.stream().filter(this::answersAsOurs).findFirst();
    }

    private boolean answersAsOurs(String url) {
        try {
            client(url, Patience.PROBE).clusters();
            return true;
        } catch (BricklayerException e) {
            return false;
        }
    }

    private BricklayerClient client(String url, Patience patience) {
        Credentials admin = data.readConfig().admin();
        return BricklayerClient.to(URI.create(url))
                .as(admin)
                .patience(patience)
                .time(time)
                .random(random)
                .build();
    }

    private static int freePort(int wanted, boolean fixed) {
        for (int port = wanted; port < wanted + PORTS_TRIED && port < 1 << 16; port++) {
            if (ServerStarter.free(port)) {
                return port;
            }
            if (fixed) {
                throw new QuickstartFailed(
                        "port " + port + " is taken by another program; choose another one with --port", null);
            }
        }
        throw new QuickstartFailed("no port is free from " + wanted + " on; choose one with --port", null);
    }

    private TopologyLoad loadTopology(BricklayerClient client) {
        if (!Files.exists(data.topology())) {
            data.write(data.topology(), sampleTopology());
        }
        say("Topology %s:", data.topology());
        TopologyLoad load = client.loadTopology(readTopology(), this::showStep);
        load.refused().forEach(refusal -> say("  refused: %s", refusal));
        return load;
    }

    private TopologyFile readTopology() {
        try {
            return WireJson.read(Files.readAllBytes(data.topology()), TopologyFile.class);
        } catch (IOException | UnreadableJson e) {
            throw new QuickstartFailed(
                    "cannot read " + data.topology() + ": " + e.getMessage() + "; mend or delete it", e);
        }
    }

    private static String sampleTopology() {
        try (InputStream sample = Quickstart.class.getResourceAsStream("topology.json")) {
            if (sample == null) {
                throw new IllegalStateException("the sample topology is missing in the jar");
            }
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the sample topology cannot be read from the jar", e);
        }
    }

    private void showStep(TopologyStep step) {
        String what = switch (step.kind()) {
            case NODE_FOUND -> "found node " + step.subject();
            case NODE_ADDED -> "added node " + step.subject();
            case NODE_REFUSED -> "refused node " + step.subject();
            case DEVICE_FOUND -> "found device " + step.subject();
            case DEVICE_ADDED -> "added device " + step.subject();
            case DEVICE_REFUSED -> "refused device " + step.subject();
            case DEVICE_SKIPPED -> "skipped device " + step.subject();
            case CLUSTER_CREATED, CLUSTER_DELETED, NODE_ADDING, DEVICE_ADDING -> "";
        };
        if (!what.isEmpty()) {
            progress.show(step.done(), step.total(), what);
        }
    }

    private VolumeInfo volume(BricklayerClient client, List<String> clusters) {
        Optional<VolumeInfo> found = findVolume(client);
        if (found.isPresent()) {
            say("Found volume %s.", VOLUME);
            return found.get();
        }
        say("Creating volume %s: %d GiB, three copies ...", VOLUME, VOLUME_GIB);
        return client.createVolume(VolumeCreateRequest.of(VOLUME_GIB, Durability.replicate(3))
                .named(VOLUME)
                .in(clusters));
    }

    private static Optional<VolumeInfo> findVolume(BricklayerClient client) {
        for (String id : client.volumes()) {
            try {
                VolumeInfo volume = client.volume(id);
                if (volume.name().equals(VOLUME)) {
                    return Optional.of(volume);
                }
            } catch (NotFound e) {
                // deleted since it was listed
            }
        }
        return Optional.empty();
    }

    private void showVolume(BricklayerClient client, VolumeInfo volume) {
        say("");
        say("Volume   %s, %d GiB, id %s", volume.name(), volume.sizeGiB(), volume.id());
        say(
                "Mount    %s (simulated nodes cannot really be mounted)",
                volume.mount().glusterfs().device());
        say("Bricks   %-16s %-4s %-10s %s", "NODE", "ZONE", "DEVICE", "PATH");
        Map<String, NodeInfo> nodes = new HashMap<>();
        for (BrickInfo brick : volume.bricks()) {
            NodeInfo node = nodes.computeIfAbsent(brick.node(), client::node);
            say(
                    "         %-16s %-4d %-10s %s",
                    node.hostnames().manage().getFirst(),
                    node.zone(),
                    client.device(brick.device()).name(),
                    brick.path());
        }
    }

    private void showWhatNext(String url, VolumeInfo volume) {
        say("");
        say("What to try next (these commands find the server by themselves):");
        say("  %s volume list", program);
        say("  %s volume info %s", program, volume.id());
        say("  %s volume create --size 5 --durability disperse --disperse-data 2 --redundancy 1", program);
        say("  %s volume expand %s --expand-size 5", program, volume.id());
        say("  %s topology load %s    # after adding to the file", program, data.topology());
        say("  curl -H \"Authorization: bearer $(%s token GET /volumes)\" %s/volumes", program, url);
        say("  %s --help", program);
        say("The server goes on running. Stop it with: %s stop", program);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    private void say(String format, Object... values) {
        out.println(String.format(format, values));
    }
}
