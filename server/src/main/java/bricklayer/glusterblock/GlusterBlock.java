package bricklayer.glusterblock;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.Told;
import bricklayer.host.UnreadableAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Renders gluster-block's commands and reads its answers. After its manual, its source and what its users have published: version 0.5. No command was seen on a real node,
 * because Debian does not have the program.
 *
 * <p>It makes its changes in a daemon, under a lock of the hosting volume that {@code info} and {@code list} wait for as well: whoever asks after a lost reply hears how the command ended.
 */
public final class GlusterBlock {

    /** In JSON, and in the plain text that an error may be. A cut one as well. */
    private static final String PASSWORD = "(?i)PASSWORD\"?\\s*:\\s*\"?[^\",}\n]*";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]+");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PASSWORD_OR_NONE = Pattern.compile("[\\x21-\\x7e]*");
    private static final Pattern SIZE = Pattern.compile("\\d{1,9}(\\.\\d{1,3})? ?[BKMGTPE](i?B)?");

    /** Asks one question after the other ({@code list V}, {@code info V/B}), each answer followed by a line with its exit status. */
    public static final String LOOK = "for q do gluster-block $q --json 2>&1; s=$?; echo; echo \"[exit $s]\"; done";

    private static final Pattern EXIT = Pattern.compile("(?m)^\\[exit (\\d{1,3})]\\n");

    private final GlusterBlockSettings settings;

    public GlusterBlock(GlusterBlockSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes a block volume. It is exported on all the hosts, or it is not made.
     *
     * @param hosts storage names
     */
    public Command create(String hostingVolume, String name, boolean auth, List<String> hosts, long sizeGiB) {
        return command(
                        "create",
                        hostingVolume + "/" + name,
                        "ha",
                        String.valueOf(hosts.size()),
                        "auth",
                        auth ? "enable" : "disable",
                        "prealloc",
                        settings.prealloc(),
                        String.join(",", hosts),
                        BlockSize.asked(sizeGiB),
                        "--json")
                .hiding(PASSWORD);
    }

    /** Deletes a block volume with its data. */
    public Command delete(String hostingVolume, String name) {
        return command("delete", hostingVolume + "/" + name, "--json");
    }

    /** Grows a block volume. When a host does not follow, the others have grown all the same; the same command makes up for it. */
    public Command resize(String hostingVolume, String name, long sizeGiB) {
        return command("modify", hostingVolume + "/" + name, "size", BlockSize.asked(sizeGiB), "--json");
    }

    /** Empty when there is no such block volume, or no such hosting volume. */
    public Query<Optional<BlockInfo>> info(String hostingVolume, String name) {
        Command command = command("info", hostingVolume + "/" + name, "--json").hiding(PASSWORD);
        return new Query<>(command, answer -> {
            BlockAnswer read = BlockAnswer.read(answer);
            if (isGone(read, answer, hostingVolume, name)) {
                return Optional.empty();
            }
            requireSuccess(read, answer);
            if (!read.text("NAME", NAME).equals(name)
                    || !read.text("VOLUME", NAME).equals(hostingVolume)) {
                throw new UnreadableAnswer(
                        "gluster-block tells of another block volume than " + hostingVolume + "/" + name);
            }
            return Optional.of(new BlockInfo(
                    read.text("GBID", ID),
                    read.text("SIZE", SIZE),
                    read.number("HA"),
                    read.text("PASSWORD", PASSWORD_OR_NONE),
                    read.texts("EXPORTED ON", HOST),
                    read.entries("RESIZE FAILED ON", SIZE)));
        });
    }

    /** The same for a hosting volume that may not be started: empty then, too. */
    public Query<Optional<BlockInfo>> infoUnlessStopped(String hostingVolume, String name) {
        Query<Optional<BlockInfo>> info = info(hostingVolume, name);
        return new Query<>(info.command(), answer -> {
            BlockAnswer read = BlockAnswer.read(answer);
            boolean stopped = read.failed()
                    && answer.status() != 0
                    && read.error().equals("Check if volume " + hostingVolume + " is operational");
            return stopped ? Optional.empty() : info.answer().apply(answer);
        });
    }

    /** Names of the block volumes in a hosting volume; empty also when there is no such volume. */
    public Query<List<String>> list(String hostingVolume) {
        return new Query<>(command("list", hostingVolume, "--json"), answer -> {
            BlockAnswer read = BlockAnswer.read(answer);
            if (hostingVolumeIsGone(read, answer, hostingVolume)) {
                return List.of();
            }
            requireSuccess(read, answer);
            return read.texts("blocks", NAME);
        });
    }

    /**
     * Lists hosting volumes and asks for block volumes, in one question.
     *
     * @param blocks {@code hosting volume/name}
     */
    public Query<BlocksSeen> look(List<String> hostingVolumes, List<String> blocks) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", LOOK, "sh"));
        hostingVolumes.forEach(volume -> argv.add("list " + volume));
        blocks.forEach(block -> argv.add("info " + block));
        Command command = new Command(argv, settings.deadline()).hiding(PASSWORD);
        return new Query<>(command, answer -> {
            List<Exited> answers = each(answer, hostingVolumes.size() + blocks.size());
            Map<String, Told<List<String>>> names = new LinkedHashMap<>();
            Map<String, Told<Optional<BlockInfo>>> infos = new LinkedHashMap<>();
            for (int i = 0; i < hostingVolumes.size(); i++) {
                Exited one = answers.get(i);
                Query<List<String>> list = list(hostingVolumes.get(i));
                names.put(hostingVolumes.get(i), Told.by(() -> list.answer().apply(one)));
            }
            for (int i = 0; i < blocks.size(); i++) {
                Exited one = answers.get(hostingVolumes.size() + i);
                String[] parts = blocks.get(i).split("/", 2);
                Query<Optional<BlockInfo>> info = info(parts[0], parts[1]);
                infos.put(blocks.get(i), Told.by(() -> info.answer().apply(one)));
            }
            return new BlocksSeen(names, infos);
        });
    }

    private static List<Exited> each(Exited whole, int expected) {
        List<Exited> answers = new ArrayList<>();
        var ends = EXIT.matcher(whole.out());
        int begin = 0;
        while (ends.find()) {
            answers.add(new Exited(Integer.parseInt(ends.group(1)), whole.out().substring(begin, ends.start()), ""));
            begin = ends.end();
        }
        if (whole.status() != 0
                || answers.size() != expected
                || begin != whole.out().length()) {
            throw new UnreadableAnswer("gluster-block gave " + answers.size() + " of " + expected
                    + " answers, and the shell ended with status " + whole.status());
        }
        return answers;
    }

    /**
     * Whether a block volume has grown beyond a size that it had. For sizes that {@code info} writes alike: asks for the size that it had, which gluster-block refuses, with
     * different words when the block volume has it and when it is larger.
     */
    public Query<Boolean> isLargerThan(String hostingVolume, String name, long sizeGiB) {
        return new Query<>(resize(hostingVolume, name, sizeGiB), answer -> {
            BlockAnswer read = BlockAnswer.read(answer);
            if (read.failed() && read.error().startsWith("Shrink size ?")) {
                return true;
            }
            // without a message: hosts that had not followed an earlier expansion to this very size were told again
            boolean same =
                    !read.failed() || read.error().isEmpty() || read.error().contains("is same as current size");
            if (!same) {
                throw new UnreadableAnswer("gluster-block neither has that size nor is above it: " + read.error());
            }
            return false;
        });
    }

    private static void requireSuccess(BlockAnswer read, Exited answer) {
        if (read.failed() || answer.status() != 0) {
            throw new UnreadableAnswer("gluster-block failed with status " + answer.status() + ": " + read.error());
        }
    }

    /** Not any "does not exist": it must name what was asked for. */
    private static boolean isGone(BlockAnswer read, Exited answer, String hostingVolume, String name) {
        boolean blockIsGone = read.failed()
                && answer.status() != 0
                && List.of("block " + hostingVolume + "/" + name + " doesn't exist", "block " + name + " doesn't exist")
                        .contains(read.error());
        return blockIsGone || hostingVolumeIsGone(read, answer, hostingVolume);
    }

    private static boolean hostingVolumeIsGone(BlockAnswer read, Exited answer, String hostingVolume) {
        return read.failed()
                && answer.status() != 0
                && read.error().equals("Volume " + hostingVolume + " does not exist");
    }

    private Command command(String... words) {
        List<String> argv = new ArrayList<>(List.of("gluster-block"));
        argv.addAll(List.of(words));
        return new Command(argv, settings.deadline());
    }
}
