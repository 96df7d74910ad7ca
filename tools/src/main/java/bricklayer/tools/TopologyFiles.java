package bricklayer.tools;

import bricklayer.api.TopologyFile;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads topology files, in heketi-cli's format and with its words for what is wrong with them. */
final class TopologyFiles {

    private TopologyFiles() {}

    static TopologyFile read(Surroundings surroundings, Path path) {
        try {
            return WireJson.read(Files.readAllBytes(surroundings.workingFolder().resolve(path)), TopologyFile.class);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("Unable to open config file " + path + ": it does not exist");
        } catch (IOException e) {
            throw new CommandFailed("Unable to open config file " + path + ": " + e.getMessage());
        } catch (UnreadableJson e) {
            throw new CommandFailed("Unable to parse config file " + path + ": " + e.getMessage());
        }
    }
}
