package bricklayer.mount;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders the commands for brick file systems and reads their answers. Checked against util-linux 2.38 and xfsprogs 6.1. */
public final class Mounts {

    /**
     * Adds a line to fstab, once. Lanes of other bricks edit the file at the same time, so it is done under a lock, and into a copy that replaces the file in one
     * step. A last line without a newline gets one. The line is an argument and never read as shell text.
     */
    public static final String ADD_LINE =
            "set -e; grep -qxF -e \"$2\" \"$1\" && exit 0; cp -p \"$1\" \"$1.bricklayer\"; "
                    + "if [ -s \"$1\" ] && [ -n \"$(tail -c1 \"$1\")\" ]; then echo >>\"$1.bricklayer\"; fi; "
                    + "printf '%s\\n' \"$2\" >>\"$1.bricklayer\"; sync \"$1.bricklayer\"; mv -f \"$1.bricklayer\" \"$1\"";

    /** Removes the lines of a device from fstab; no line, no change. */
    public static final String REMOVE_LINE =
            "set -e; grep -qF -e \"$2 \" \"$1\" || exit 0; cp -p \"$1\" \"$1.bricklayer\"; "
                    + "grep -vF -e \"$2 \" \"$1\" >\"$1.bricklayer\" || [ $? = 1 ]; sync \"$1.bricklayer\"; mv -f \"$1.bricklayer\" \"$1\"";

    private static final String FSTAB_LOCK = "/run/lock/bricklayer-fstab";

    private final MountSettings settings;

    public Mounts(MountSettings settings) {
        this.settings = settings;
    }

    /** With missing parents; succeeds when it is there. */
    public Command mkdir(String path) {
        return command("mkdir", "-p", path);
    }

    /** Refused unless empty. */
    public Command rmdir(String path) {
        return command("rmdir", path);
    }

    /** Refused when the device holds a file system already. */
    public Command makeXfs(String device, boolean arbiter) {
        List<String> words = new ArrayList<>(List.of("mkfs.xfs", "-q", "-i", arbiter ? "maxpct=100" : "size=512"));
        if (!arbiter && settings.xfsStripeUnit() > 0 && settings.xfsStripeWidth() > 0) {
            words.addAll(List.of("-d", "su=" + settings.xfsStripeUnit() + ",sw=" + settings.xfsStripeWidth()));
        }
        words.addAll(List.of("-n", "size=8192", device));
        return new Command(words, settings.deadline());
    }

    public Command addFstabEntry(String device, String path) {
        return editFstab(ADD_LINE, device + " " + path + " xfs " + settings.options() + " 1 2");
    }

    /** Removes the entry of a device; succeeds when there is none. */
    public Command removeFstabEntry(String device) {
        return editFstab(REMOVE_LINE, device);
    }

    private Command editFstab(String script, String argument) {
        return command("flock", FSTAB_LOCK, "sh", "-c", script, "sh", settings.fstab(), argument);
    }

    public Command mount(String device, String path) {
        return command("mount", "-o", settings.options(), device, path);
    }

    /** Refused while the file system is in use. */
    public Command unmount(String path) {
        return command("umount", path);
    }

    public Command makeBrickDirectory(String path) {
        return command("mkdir", path);
    }

    /** Files and folders made in it inherit the group; nobody else may write. */
    public List<Command> setGroup(String path, long gid) {
        return List.of(command("chown", ":" + gid, path), command("chmod", "2775", path));
    }

    /** The type of what a device holds; empty for nothing. */
    public Query<Optional<String>> fileSystemOn(String device) {
        return new Query<>(
                command("blkid", "-p", "-o", "value", "-s", "TYPE", device), answer -> switch (answer.status()) {
                    case 0 -> Optional.of(answer.out().strip()).filter(type -> !type.isEmpty());
                    case 2 -> Optional.empty(); // nothing found, or no such device
                    default -> throw new UnreadableAnswer("blkid ended with status " + answer.status());
                });
    }

    public Query<Boolean> mounted(String path) {
        return yesOrNo(command("findmnt", "-n", "-o", "TARGET", "--mountpoint", path), "findmnt");
    }

    /** Whether fstab has an entry for a device. */
    public Query<Boolean> fstabHas(String device) {
        return yesOrNo(command("grep", "-qF", "-e", device + " ", settings.fstab()), "grep");
    }

    public Query<Boolean> directoryExists(String path) {
        return yesOrNo(command("test", "-d", path), "test");
    }

    /** The numeric id of a folder's group; -1 when there is no such folder. */
    public Query<Long> groupOf(String path) {
        return new Query<>(command("stat", "-c", "%g", path), answer -> {
            if (answer.status() != 0) {
                return -1L;
            }
            try {
                return Long.parseLong(answer.out().strip());
            } catch (NumberFormatException e) {
                throw new UnreadableAnswer("stat answered " + answer.out().strip(), e);
            }
        });
    }

    private static Query<Boolean> yesOrNo(Command command, String program) {
        return new Query<>(command, answer -> switch (answer.status()) {
            case 0 -> true;
            case 1 -> false;
            default ->
                throw new UnreadableAnswer(program + " ended with status " + answer.status() + ": "
                        + answer.err().strip());
        });
    }

    private Command command(String... words) {
        return Command.of(settings.deadline(), words);
    }
}
