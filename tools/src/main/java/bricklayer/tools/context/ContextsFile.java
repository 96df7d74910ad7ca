package bricklayer.tools.context;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Where contexts are kept: JSON, readable by its owner only, replaced as a whole. */
public final class ContextsFile {

    private final Path file;

    public ContextsFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /**
     * Without a file there are none.
     *
     * @throws UnusableFile when it cannot be read or understood, or holds keys and others may read it
     */
    public Contexts read() {
        if (!Files.exists(file)) {
            return Contexts.NONE;
        }
        try {
            List<String> unknown = new ArrayList<>();
            Contexts contexts = WireJson.read(Files.readString(file), Contexts.class, unknown::add);
            if (!unknown.isEmpty()) {
                throw new UnusableFile(
                        "cannot use the contexts in " + file + ": unknown members " + String.join(", ", unknown));
            }
            if (contexts.holdKeys()) {
                OwnerOnly.require(file, "the keys in it are not used");
            }
            return contexts;
        } catch (IOException e) {
            throw new UnusableFile("cannot read the contexts in " + file + ": " + e);
        } catch (UnreadableJson e) {
            throw new UnusableFile("cannot use the contexts in " + file + ": " + e.getMessage());
        }
    }

    /**
     * Takes the place of what is there.
     *
     * @throws UnusableFile when it cannot be written; it is then as before
     */
    public void write(Contexts contexts) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(
                    folder,
                    file.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, WireJson.writeIndented(contexts.members(), 2) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UnusableFile("cannot write the contexts to " + file + ": " + e);
        }
    }
}
