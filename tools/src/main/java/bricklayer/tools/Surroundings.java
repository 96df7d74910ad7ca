package bricklayer.tools;

import bricklayer.client.TimeSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All that a command may know of the world besides its arguments.
 *
 * @param workingFolder absolute
 * @param launcher path of the script that started this program; empty when there is none
 * @param asHeketi whether this program was called by the name of heketi-cli, and has to end and to print as that does
 */
record Surroundings(
        Map<String, String> environment,
        Path workingFolder,
        String launcher,
        boolean asHeketi,
        Terminal terminal,
        PrintWriter out,
        PrintWriter err,
        TimeSource time,
        RandomGenerator random) {

    /** The value of a variable; an empty one counts as not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    Path dataFolder() {
        return workingFolder.resolve(variable("BRICKLAYER_DATA").orElse("data")).normalize();
    }
}
