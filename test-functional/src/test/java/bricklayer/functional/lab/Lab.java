package bricklayer.functional.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The nodes. A lab that runs already is used as it is and goes on running; one that this JVM had to start ends with it. Settings come from the
 * environment (see {@code lab help}). Tests that change a lab must not run at the same time on the same one.
 */
public final class Lab {

    private static final int CANNOT_RUN_HERE = 3;

    private static Optional<Lab> attached = Optional.empty();

    private final LabScript script;
    private final Map<String, String> settings;

    private Lab(LabScript script) {
        this.script = script;
        this.settings = script.check("env")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Skips the calling test, with the reason, where a lab cannot run. The first call may take minutes: it builds the image if need be. */
    public static synchronized Lab attach() {
        if (attached.isEmpty()) {
            LabScript script = LabScript.find();
            boolean ranBefore = script.run("status").out().contains("runs as process");
            LabScript.Ran up = script.run("up");
            if (up.status() == CANNOT_RUN_HERE) {
                System.err.println("skipping tests on real nodes: " + up.err().strip());
                Assumptions.abort(up.err().strip());
            }
            if (up.status() != 0) {
                throw new AssertionError("the lab does not come up: " + up.err().strip());
            }
            if (!ranBefore) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> script.run("down"), "lab-down"));
            }
            attached = Optional.of(new Lab(script));
        }
        return attached.get();
    }

    /** In order of their numbers. */
    public List<LabNode> nodes() {
        return IntStream.rangeClosed(1, Integer.parseInt(setting("LAB_NODES")))
                .mapToObj(this::node)
                .toList();
    }

    /**
     * @param number from 1
     */
    public LabNode node(int number) {
        return new LabNode(script, number);
    }

    /** Where each node's sshd listens, on its {@link LabNode#manage} address. */
    public int sshPort() {
        return Integer.parseInt(setting("LAB_PORT"));
    }

    /** Logs in as {@code root} and as {@code brick}, who may use sudo. */
    public Path sshKey() {
        return Path.of(setting("LAB_KEY"));
    }

    public Path knownHosts() {
        return Path.of(setting("LAB_KNOWN_HOSTS"));
    }

    /** A Heketi topology file of some of the nodes with some of their devices. */
    public String topology(int nodes, int devices) {
        return script.check("topology", Integer.toString(nodes), Integer.toString(devices));
    }

    /** All nodes as on their first day; takes seconds. */
    public void reset() {
        script.check("reset");
    }

    /**
     * All nodes as {@code prepare} leaves new ones. Prepared once for each image and kept under {@code name}; later calls bring the kept disks back. After
     * that, gluster's peers take some seconds to see each other again.
     */
    public void restoreOrPrepare(String name, Runnable prepare) {
        if (script.run("saved", name).status() == 0) {
            script.check("restore", name);
            return;
        }
        script.check("reset");
        prepare.run();
        script.check("save", name);
    }

    /** Deletes the disks kept under a name. */
    public void forget(String name) {
        script.check("forget", name);
    }

    private String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new AssertionError("`lab env` does not tell " + name + ": " + settings);
        }
        return value;
    }
}
