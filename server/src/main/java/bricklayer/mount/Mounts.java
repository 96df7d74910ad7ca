package bricklayer.mount;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Renders the commands for brick file systems and reads their answers. Checked against util-linux 2.38 and xfsprogs 6.1. */
public final class Mounts {

    /**
     * Adds a line to fstab, once. Lanes of other bricks edit the file at the same time, so it is done under a lock, and into a copy that replaces the file in one
     * step and is on the disk before. Starts as few programs as it can, for on a busy node that is what takes time. Makes the file when there is none; follows a symbolic link. A last line without a newline gets one. The line is an argument and never read as shell text.
     */
    public static final String ADD_LINE = "set -e; export LC_ALL=C; f=$1; s=0; "
            + "if [ -h \"$f\" ] || [ \"${f#/}\" = \"$f\" ]; then f=$(readlink -f \"$f\"); fi; [ -e \"$f\" ] || (umask 022; : >\"$f\"); "
            + "cp -p \"$f\" \"$f.bricklayer\"; "
            + "l=$2 awk '{ print } $0 == ENVIRON[\"l\"] \"\" { found = 1; exit } END { if (found) exit 3; print ENVIRON[\"l\"] }' \"$f\" >\"$f.bricklayer\" || s=$?; "
            + "if [ $s = 3 ]; then rm \"$f.bricklayer\"; exit 0; fi; [ $s = 0 ]; "
            + "sync \"$f.bricklayer\"; mv -f \"$f.bricklayer\" \"$f\"; sync \"${f%/*}/\"";

    /** Ends with 0 when a line of fstab is for the device, with 1 when none is or there is no such file. A line is for the device that is its first word, so a comment is for none. */
    public static final String HAS_LINE =
            "[ -e \"$1\" ] || exit 1; d=$2 LC_ALL=C awk '$1 == ENVIRON[\"d\"] \"\" { found = 1; exit } END { exit !found }' \"$1\"";

    /** Removes the lines of a device from fstab, as {@link #HAS_LINE} finds them and as safely as {@link #ADD_LINE} adds them; no line, no change. */
    public static final String REMOVE_LINE = "set -e; export LC_ALL=C; f=$1; s=0; "
            + "if [ -h \"$f\" ] || [ \"${f#/}\" = \"$f\" ]; then f=$(readlink -f \"$f\"); fi; [ -e \"$f\" ] || exit 0; "
            + "cp -p \"$f\" \"$f.bricklayer\"; "
            + "d=$2 awk '$1 == ENVIRON[\"d\"] \"\" { found = 1; next } { print } END { if (!found) exit 3 }' \"$f\" >\"$f.bricklayer\" || s=$?; "
            + "if [ $s = 3 ]; then rm \"$f.bricklayer\"; exit 0; fi; [ $s = 0 ]; "
            + "sync \"$f.bricklayer\"; mv -f \"$f.bricklayer\" \"$f\"; sync \"${f%/*}/\"";

    /**
     * Shows what is mounted (lines that begin with m), what fstab says (f), the folders down to bricks below a root (d: type, mode, group, path), and what lies in brick folders that are no file system of their
     * own (x: bytes, seconds of the last change, path; not more than {@link #STRAYS_MAX}), which is nothing on a sound node. Its last line says that it came to its end. What find cannot look at it says on standard error.
     */
    public static final String LOOK = "export LC_ALL=C; awk '{ print \"m \" $0 }' /proc/self/mounts || exit 1; "
            + "if [ -e \"$1\" ]; then awk '{ print \"f \" $0 }' \"$1\" || exit 1; fi; "
            + "if [ -d \"$2\" ]; then find \"$2\" -mindepth 1 -maxdepth 3 -printf 'd %y %m %G %p\\n'; "
            + "find \"$2\" -xdev -mindepth 4 -name .glusterfs -prune -o -mindepth 4 -printf 'x %s %T@ %p\\n' | head -n 10000; fi; "
            + "echo end";

    public static final int STRAYS_MAX = 10_000;

    private static final String FSTAB_LOCK = "/run/lock/bricklayer-fstab";

    private static final Pattern HARMLESS = Pattern.compile("sudo: unable to resolve host .*");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_.+:/\\[\\]@=-]+");
    private static final Pattern DEVICE = Pattern.compile("(/dev/[A-Za-z0-9_.+:/-]+)\n");
    private static final Pattern TYPE = Pattern.compile("([A-Za-z0-9_.+-]+)\n");
    private static final Pattern GROUP = Pattern.compile("(\\d{1,10})\n");
    private static final Pattern NO_FSTAB = Pattern.compile("cat: .*: No such file or directory\\s*");
    private static final Pattern NO_SUCH_FILE = Pattern.compile("stat: .*: No such file or directory\\s*");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,7}) (\\d{1,11}) (/.*)");
    private static final Pattern NO_FILE_SYSTEM =
            Pattern.compile("stat: cannot read file system information for .*: No such file or directory");

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

    /** Refused when the device holds a file system already. Nothing is discarded before: a thin volume that was just made has no blocks yet. */
    public Command makeXfs(String device, boolean arbiter) {
        List<String> words =
                new ArrayList<>(List.of("mkfs.xfs", "-q", "-K", "-i", arbiter ? "maxpct=100" : "size=512"));
        if (!arbiter && settings.xfsStripeUnit() > 0 && settings.xfsStripeWidth() > 0) {
            words.addAll(List.of("-d", "su=" + settings.xfsStripeUnit() + ",sw=" + settings.xfsStripeWidth()));
        }
        words.addAll(List.of("-n", "size=8192", device));
        return new Command(words, settings.deadline());
    }

    /**
     * Adds the line that mounts a device at boot; succeeds when it is there.
     *
     * @throws IllegalArgumentException for a blank in device, path or mount options: it would end the field
     */
    public Command addFstabEntry(String device, String path) {
        List<String> fields = List.of(device, path, "xfs", settings.options(), "1", "2");
        for (String field : fields) {
            if (field.isEmpty() || field.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("no field of " + settings.fstab() + ": '" + field + "'");
            }
        }
        return editFstab(ADD_LINE, String.join(" ", fields));
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

    /** Files and folders made in it inherit the group; nobody else may write. The group comes last: by it {@link #groupOf} tells that both are done. */
    public List<Command> setGroup(String path, long gid) {
        return List.of(command("chmod", "2775", path), command("chown", ":" + gid, path));
    }

    /** The type of what a device holds; empty for nothing, and for a device that is not there: blkid does not tell them apart. */
    public Query<Optional<String>> fileSystemOn(String device) {
        return new Query<>(command("blkid", "-p", "-o", "value", "-s", "TYPE", device), answer -> {
            Matcher type = TYPE.matcher(answer.out());
            if (answer.status() == 0 && type.matches()) {
                return Optional.of(type.group(1));
            }
            if (answer.status() == 2 && saidNothing(answer)) {
                return Optional.empty();
            }
            // also found, but no type of it: a partition table
            throw unreadable("blkid", answer);
        });
    }

    public Query<Boolean> mounted(String path) {
        return new Query<>(command("findmnt", "-n", "-o", "TARGET", "--mountpoint", path), answer -> {
            // the path behind symbolic links, one line for each of several mounts
            if (answer.status() == 0
                    && answer.out().endsWith("\n")
                    && answer.out().lines().allMatch(line -> line.startsWith("/"))) {
                return true;
            }
            if (answer.status() == 1 && saidNothing(answer)) {
                return false;
            }
            throw unreadable("findmnt", answer);
        });
    }

    /** What is mounted on the host, by the names of devices that {@code mount} shows. */
    public Query<Set<String>> mountedDevices() {
        return new Query<>(command("mount"), answer -> {
            if (answer.status() != 0 || !answer.out().lines().allMatch(line -> line.contains(" on "))) {
                throw unreadable("mount", answer);
            }
            return answer.out()
                    .lines()
                    .map(line -> line.substring(0, line.indexOf(" on ")))
                    .collect(Collectors.toUnmodifiableSet());
        });
    }

    /** What fstab names, in its order; a file that is not there names nothing. */
    public Query<List<FstabEntry>> fstabEntries() {
        return new Query<>(command("cat", settings.fstab()), answer -> {
            boolean missing = answer.status() == 1
                    && answer.out().isEmpty()
                    && NO_FSTAB.matcher(complaints(answer)).matches();
            if (answer.status() != 0 && !missing) {
                throw unreadable("cat", answer);
            }
            return answer.out()
                    .lines()
                    .flatMap(line -> FstabEntry.read(line).stream())
                    .toList();
        });
    }

    /**
     * All about mounts and brick folders of a host, in one question.
     *
     * @param root the folder that holds the mount points of all bricks, one folder a volume group; it need not be there
     */
    public Query<MountsSeen> look(String root) {
        return new Query<>(command("sh", "-c", LOOK, "sh", settings.fstab(), root), MountsSeen::read);
    }

    /** Some file or folder in the brick folder of a mount point; empty when the brick folder is empty, or there is none. gluster's own folder counts as nothing. */
    public Query<Optional<MountsSeen.Stray>> firstIn(String mountPoint) {
        Command command = command(
                "find",
                mountPoint,
                "-xdev",
                "-mindepth",
                "2",
                "-name",
                ".glusterfs",
                "-prune",
                "-o",
                "-printf",
                "%s %T@ %p\n",
                "-quit");
        return new Query<>(command, answer -> {
            if (answer.status() == 0 && complaints(answer).isEmpty()) {
                return answer.out().isEmpty() ? Optional.empty() : Optional.of(MountsSeen.stray(answer.out()));
            }
            throw unreadable("find", answer);
        });
    }

    /**
     * How large the file systems are that folders lie on, in KiB, by the folder; one that is not there is left out.
     *
     * @param folders absolute; not empty
     */
    public Query<Map<String, Long>> sizes(List<String> folders) {
        List<String> words = new ArrayList<>(List.of("stat", "-f", "-c", "%S %b %n"));
        words.addAll(folders);
        return new Query<>(new Command(words, settings.deadline()), answer -> {
            Map<String, Long> sizes = new HashMap<>();
            boolean sound = (answer.status() == 0 || answer.status() == 1)
                    && complaints(answer)
                            .lines()
                            .allMatch(line -> NO_FILE_SYSTEM.matcher(line).matches());
            for (String line : answer.out().lines().toList()) {
                Matcher size = SIZE.matcher(line);
                sound &= size.matches();
                if (sound) {
                    sizes.put(size.group(3), Long.parseLong(size.group(1)) * Long.parseLong(size.group(2)) / 1024);
                }
            }
            if (!sound || (answer.status() == 1 && complaints(answer).isEmpty())) {
                throw unreadable("stat", answer);
            }
            return Map.copyOf(sizes);
        });
    }

    /** The device that is mounted at a path, as the kernel names it; empty for a path where nothing is mounted. */
    public Query<Optional<String>> deviceAt(String path) {
        return new Query<>(command("findmnt", "-n", "-o", "SOURCE", "--mountpoint", path), answer -> {
            Matcher device = DEVICE.matcher(answer.out());
            if (answer.status() == 0 && device.matches()) {
                return Optional.of(device.group(1));
            }
            if (answer.status() == 1 && saidNothing(answer)) {
                return Optional.empty();
            }
            throw unreadable("findmnt", answer);
        });
    }

    /**
     * Whether a device of the device mapper is mounted at a path. No where another is: that one is somebody's. A name that the kernel made up for want of a better one ({@code /dev/dm-3}) may be any
     * of them, and counts as the one that is looked for.
     */
    public Query<Boolean> isAt(String device, String path) {
        return new Query<>(command("findmnt", "-n", "-o", "SOURCE", "--mountpoint", path), answer -> {
            if (answer.status() == 0
                    && answer.out().endsWith("\n")
                    && answer.out()
                            .lines()
                            .allMatch(line -> SOURCE.matcher(line).matches())) {
                return answer.out().lines().anyMatch(line -> line.equals(device) || line.startsWith("/dev/dm-"));
            }
            if (answer.status() == 1 && saidNothing(answer)) {
                return false;
            }
            throw unreadable("findmnt", answer);
        });
    }

    /** Whether fstab has an entry for a device. A file that is not there has none. */
    public Query<Boolean> fstabHas(String device) {
        return silentYesOrNo("reading fstab", command("sh", "-c", HAS_LINE, "sh", settings.fstab(), device));
    }

    public Query<Boolean> directoryExists(String path) {
        return silentYesOrNo("test", command("test", "-d", path));
    }

    /** The numeric id of a folder's group; -1 when there is no such folder. */
    public Query<Long> groupOf(String path) {
        return new Query<>(command("stat", "-c", "%g", path), answer -> {
            Matcher group = GROUP.matcher(answer.out());
            if (answer.status() == 0 && group.matches()) {
                return Long.parseLong(group.group(1));
            }
            if (answer.status() == 1
                    && answer.out().isEmpty()
                    && NO_SUCH_FILE.matcher(complaints(answer)).matches()) {
                return -1L;
            }
            throw unreadable("stat", answer);
        });
    }

    /** For programs that never say anything. Status 1 with words is somebody else's: sudo wants a password, a login shell turns us away. */
    private static Query<Boolean> silentYesOrNo(String program, Command command) {
        return new Query<>(command, answer -> {
            if (answer.status() == 0 && answer.out().isEmpty()) {
                return true;
            }
            if (answer.status() == 1 && saidNothing(answer)) {
                return false;
            }
            throw unreadable(program, answer);
        });
    }

    private static boolean saidNothing(Exited answer) {
        return answer.out().isEmpty() && complaints(answer).isEmpty();
    }

    private static String complaints(Exited answer) {
        return answer.err()
                .lines()
                .filter(line -> !line.isBlank() && !HARMLESS.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    private static UnreadableAnswer unreadable(String program, Exited answer) {
        String said = (answer.err().isBlank() ? answer.out() : answer.err()).strip();
        return new UnreadableAnswer(program + " ended with status " + answer.status()
                + (said.isEmpty() ? " and said nothing" : ": " + said));
    }

    private Command command(String... words) {
        return Command.of(settings.deadline(), words);
    }
}
