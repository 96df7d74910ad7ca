package bricklayer.tools.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that nobody but their owner may read. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /**
     * Reads a key: the file's first line.
     *
     * @throws UnusableFile when others may read or write it, it cannot be read or is empty
     */
    public static String key(Path file) {
        try {
            require(file, "the key in it is not used");
            String key = Files.readString(file).lines().findFirst().orElse("").strip();
            if (key.isEmpty()) {
                throw new UnusableFile("there is no key in " + file + ": its first line is empty");
            }
            return key;
        } catch (IOException e) {
            throw new UnusableFile("cannot read the key in " + file + ": " + e);
        }
    }

    /**
     * Looks who has rights to the file. File systems that have no rights are believed.
     *
     * @throws UnusableFile when others than the owner have any
     */
    static void require(Path file, String consequence) throws IOException {
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(rights)) {
            throw new UnusableFile("others may read or write " + file + " (" + PosixFilePermissions.toString(rights)
                    + "), so " + consequence + "; to keep them out: chmod 600 " + file);
        }
    }
}
