package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Directory;
import bricklayer.executor.simulated.Facts.FstabLine;
import bricklayer.host.CommandResult.Exited;
import bricklayer.mount.Mounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directories and fstab: mkdir, rmdir, chown, chmod, stat, test, cat, and the scripts that edit fstab. */
final class Directories {

    private static final String NOT_THERE = "': No such file or directory";

    private final Node node;
    private final Changes changes;

    Directories(Node node, Changes changes) {
        this.node = node;
        this.changes = changes;
    }

    Exited mkdir(List<String> words) {
        Words parsed = Words.of(words, Set.of("-p"), Set.of());
        String path = absolute(parsed.only());
        if (parsed.has("-p")) {
            makeWithParents(path);
            return Answers.done();
        }
        if (node.directory(path).isPresent()) {
            return Answers.refused(1, "mkdir: cannot create directory '" + path + "': File exists");
        }
        if (node.directory(Node.parent(path)).isEmpty()) {
            return Answers.refused(1, "mkdir: cannot create directory '" + path + NOT_THERE);
        }
        node.setDirectory(changes, path, Directory.PLAIN);
        return Answers.done();
    }

    private void makeWithParents(String path) {
        if (node.directory(path).isEmpty()) {
            makeWithParents(Node.parent(path));
            node.setDirectory(changes, path, Directory.PLAIN);
        }
    }

    Exited rmdir(List<String> words) {
        String path = absolute(Words.of(words, Set.of(), Set.of()).only());
        String says = "rmdir: failed to remove '" + path;
        if (node.directory(path).isEmpty()) {
            return Answers.refused(1, says + NOT_THERE);
        }
        if (node.mounts.has(path)) {
            return Answers.refused(1, says + "': Device or resource busy");
        }
        if (!node.isEmptyDirectory(path)) {
            return Answers.refused(1, says + "': Directory not empty");
        }
        changes.remove(node.directories, node.place(path).key());
        return Answers.done();
    }

    Exited chown(List<String> words) {
        return change("chown", words, (directory, to) -> {
            if (!to.matches(":[0-9]{1,10}")) {
                throw new NotSimulated("owner " + to);
            }
            return directory.group(Long.parseLong(to.substring(1)));
        });
    }

    Exited chmod(List<String> words) {
        return change("chmod", words, (directory, to) -> {
            if (!to.matches("[0-7]{3,4}")) {
                throw new NotSimulated("mode " + to);
            }
            return directory.mode(to);
        });
    }

    private interface Attribute {
        Directory set(Directory directory, String to);
    }

    private Exited change(String program, List<String> words, Attribute attribute) {
        List<String> rest = Words.of(words, Set.of(), Set.of()).rest();
        if (rest.size() != 2) {
            throw new NotSimulated(program + " of several things");
        }
        String path = absolute(rest.get(1));
        Optional<Directory> directory = node.directory(path);
        if (directory.isEmpty()) {
            return Answers.refused(1, program + ": cannot access '" + path + NOT_THERE);
        }
        node.setDirectory(changes, path, attribute.set(directory.get(), rest.get(0)));
        return Answers.done();
    }

    Exited stat(List<String> words) {
        Words parsed = Words.of(words, Set.of(), Set.of("-c"));
        String path = absolute(parsed.only());
        String format = parsed.required("-c");
        if (!format.equals("%g")) {
            throw new NotSimulated("format " + format);
        }
        return node.directory(path)
                .map(directory -> Answers.said(directory.gid() + "\n"))
                .orElseGet(() -> Answers.refused(1, "stat: cannot statx '" + path + NOT_THERE));
    }

    Exited test(List<String> words) {
        if (words.size() != 2 || !words.getFirst().equals("-d")) {
            throw new NotSimulated("another test than for a directory");
        }
        return node.directory(absolute(words.getLast())).isPresent() ? Answers.done() : Answers.refused(1, "");
    }

    /** {@code sh -c <script> sh <fstab> <device>}. */
    Exited shell(List<String> words) {
        if (words.size() != 5 || !words.getFirst().equals("-c") || !words.get(1).equals(Mounts.HAS_LINE)) {
            throw new NotSimulated("another script");
        }
        absolute(words.get(3));
        boolean found = node.fstab.all().values().stream().anyMatch(line -> isOf(words.get(4), line));
        return found ? Answers.done() : Answers.refused(1, "");
    }

    /** The only file there is to show is fstab, under whatever name. */
    Exited cat(List<String> words) {
        absolute(Words.of(words, Set.of(), Set.of()).only());
        StringBuilder file = new StringBuilder();
        node.fstab.all().values().forEach(line -> file.append(line.text()).append('\n'));
        return Answers.said(file.toString());
    }

    /** {@code flock <lock> sh -c <script> sh <fstab> <argument>}. */
    Exited flock(List<String> words) {
        if (words.size() != 7 || !words.subList(1, 3).equals(List.of("sh", "-c"))) {
            throw new NotSimulated("another script under a lock");
        }
        absolute(words.get(5));
        String argument = words.get(6);
        switch (words.get(3)) {
            case Mounts.ADD_LINE -> addLine(argument);
            case Mounts.REMOVE_LINE -> removeLines(argument);
            default -> throw new NotSimulated("a script under a lock");
        }
        return Answers.done();
    }

    private void addLine(String line) {
        if (!node.fstab.hasLabelled(line)) {
            long next = 1 + node.fstab.lastKey().map(Long::parseLong).orElse(0L);
            changes.put(node.fstab, "%012d".formatted(next), new FstabLine(line));
        }
    }

    private void removeLines(String device) {
        List<String> gone = node.fstab.all().entrySet().stream()
                .filter(entry -> isOf(device, entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(key -> changes.remove(node.fstab, key));
    }

    private static boolean isOf(String device, FstabLine line) {
        return line.text().strip().split("\\s+", 2)[0].equals(device);
    }

    private static String absolute(String path) {
        if (!path.startsWith("/") || path.contains("//") || (path.length() > 1 && path.endsWith("/"))) {
            throw new NotSimulated("a path that is not absolute and plain: " + path);
        }
        return path;
    }
}
