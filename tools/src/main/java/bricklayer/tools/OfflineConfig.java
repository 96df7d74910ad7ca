package bricklayer.tools;

import bricklayer.config.ConfigFile;
import bricklayer.config.ConfigFile.Authentication;
import bricklayer.config.InvalidConfig;
import bricklayer.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The configuration of a server that does not run, for what is done to its data folder. */
final class OfflineConfig {

    private OfflineConfig() {}

    /** @param data the data folder, where it is not the one that the file names */
    static ServerConfig load(Surroundings surroundings, Path file, Optional<Path> data) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        data.ifPresent(folder -> environment.put(
                "BRICKLAYER_DATA", surroundings.workingFolder().resolve(folder).toString()));
        try {
            return ConfigFile.load(surroundings.workingFolder().resolve(file), environment, Authentication.DISABLED)
                    .config();
        } catch (InvalidConfig e) {
            throw new CommandFailed(String.join("; ", e.problems()));
        }
    }
}
