package bricklayer.mount;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host has mounted and would mount at boot, and its brick folders.
 *
 * @param folders below the root that was asked for, at most three levels; what lies on a mounted file system among them
 * @param strays what lies in brick folders that belong to the root's own file system: somebody wrote where a brick should have been mounted. gluster's own files are left out, and what goes beyond
 *     {@link Mounts#STRAYS_MAX}
 * @param troubles what could not be looked at, in the words of find
 */
public record MountsSeen(
        List<Mounted> mounts, List<FstabEntry> fstab, List<Folder> folders, List<Stray> strays, List<String> troubles) {

    private static final Pattern MOUNT = Pattern.compile("(\\S+) (\\S+) (\\S+) (\\S+) \\d+ \\d+");
    private static final Pattern FOLDER = Pattern.compile("(\\S) ([0-7]{1,4}) (\\d{1,10}) (/.*)");
    private static final Pattern STRAY = Pattern.compile("(\\d{1,18}) (\\d{1,12})(?:\\.\\d+)? (/.*)");
    private static final Pattern TROUBLE = Pattern.compile("find: .*");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    public MountsSeen {
        mounts = List.copyOf(mounts);
        fstab = List.copyOf(fstab);
        folders = List.copyOf(folders);
        strays = List.copyOf(strays);
        troubles = List.copyOf(troubles);
    }

    /** One line of the kernel's list. */
    public record Mounted(String device, String path, String type, String options) {}

    /**
     * @param directory false for a file, a link or anything else
     * @param mode octal, as {@code 2775}
     */
    public record Folder(String path, boolean directory, String mode, long group) {}

    public record Stray(String path, long bytes, Instant changed) {}

    /** Answers of {@link Mounts#LOOK}. */
    static MountsSeen read(Exited answer) {
        if (answer.status() != 0
                || !(answer.out().equals("end\n") || answer.out().endsWith("\nend\n"))) {
            throw new UnreadableAnswer("looking at mounts ended with status " + answer.status() + ": "
                    + answer.err().strip());
        }
        List<Mounted> mounts = new ArrayList<>();
        List<FstabEntry> fstab = new ArrayList<>();
        List<Folder> folders = new ArrayList<>();
        List<Stray> strays = new ArrayList<>();
        List<String> troubles = new ArrayList<>(answer.err()
                .lines()
                .filter(line -> TROUBLE.matcher(line).matches())
                .toList());
        char last = 'm';
        List<String> lines = answer.out().lines().toList();
        for (String line : lines.subList(0, lines.size() - 1)) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            char kind = line.startsWith(" ", 1) ? line.charAt(0) : '?';
            if (kind < 'a' || "mfdx".indexOf(kind) < 0) {
                if (last == 'm' || last == 'f') {
                    throw new UnreadableAnswer("no line about mounts: " + line);
                }
                troubles.add("a name with a line break: " + line); // only names of files can hold one
                continue;
            }
            last = kind;
            switch (kind) {
                case 'm' -> {
                    Matcher match = matched(MOUNT, rest);
                    mounts.add(
                            new Mounted(plain(match.group(1)), plain(match.group(2)), match.group(3), match.group(4)));
                }
                case 'f' -> FstabEntry.read(rest).ifPresent(fstab::add);
                case 'd' -> {
                    Matcher match = matched(FOLDER, rest);
                    folders.add(new Folder(
                            match.group(4),
                            match.group(1).equals("d"),
                            match.group(2),
                            Long.parseLong(match.group(3))));
                }
                default -> strays.add(stray(rest));
            }
        }
        return new MountsSeen(mounts, fstab, folders, strays, troubles);
    }

    /** @param line bytes, seconds and path; may end in a newline */
    static Stray stray(String line) {
        Matcher match = matched(STRAY, line.strip());
        return new Stray(
                match.group(3), Long.parseLong(match.group(1)), Instant.ofEpochSecond(Long.parseLong(match.group(2))));
    }

    private static Matcher matched(Pattern shape, String text) {
        Matcher match = shape.matcher(text);
        if (!match.matches()) {
            throw new UnreadableAnswer("no line about mounts: " + text);
        }
        return match;
    }

    /** The kernel writes blanks and backslashes of a name as octal numbers. */
    private static String plain(String name) {
        return name.indexOf('\\') < 0
                ? name
                : OCTAL.matcher(name)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }
}
