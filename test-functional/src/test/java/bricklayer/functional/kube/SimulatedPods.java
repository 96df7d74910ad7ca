package bricklayer.functional.kube;

import bricklayer.executor.remote.CommandsInTurn;
import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gives the commands of pods to simulated nodes. Those take argument vectors, so what stands around a command for the sake of a real shell is taken off. */
public final class SimulatedPods implements Backend {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final SimulatedExecutor nodes;
    private final UnaryOperator<String> hostOfPod;

    public SimulatedPods(SimulatedExecutor nodes, UnaryOperator<String> hostOfPod) {
        this.nodes = nodes;
        this.hostOfPod = hostOfPod;
    }

    @Override
    public boolean reaches(String pod) {
        return nodes.nodes().isReachable(new HostName(hostOfPod.apply(pod)));
    }

    @Override
    public int run(String pod, List<String> argv, OutputStream out, OutputStream err) throws IOException {
        if (argv.size() != 3 || !argv.subList(0, 2).equals(List.of("sh", "-c"))) {
            throw new IOException("not what an executor sends: " + argv);
        }
        HostName host = new HostName(hostOfPod.apply(pod));
        List<List<String>> together = together(words(argv.get(2)));
        if (!together.isEmpty()) {
            return runInTurn(host, together, out, err);
        }
        return told(given(nodes, host, new ArrayList<>(words(argv.get(2)))), out, err);
    }

    private static int told(CommandResult result, OutputStream out, OutputStream err) throws IOException {
        if (!(result instanceof CommandResult.Exited exited)) {
            throw new IOException("the node went off: " + result);
        }
        out.write(exited.out().getBytes(StandardCharsets.UTF_8));
        err.write(exited.err().getBytes(StandardCharsets.UTF_8));
        return exited.status();
    }

    /** The commands of a lane that travel as one script, each with the words that stand around a change; empty for a line that is none. */
    private static List<List<String>> together(List<String> words) {
        int script = words.size() - 3;
        if (script < 0 || !words.get(words.size() - 2).equals(CommandsInTurn.NEXT)) {
            return List.of();
        }
        List<List<String>> each = new ArrayList<>();
        for (String command : words.get(script).split("n && ", 2)[1].split(" && n && ")) {
            List<String> whole = new ArrayList<>(words.subList(0, script - 2));
            whole.addAll(words(command));
            whole.add("</dev/null");
            each.add(whole);
        }
        return each;
    }

    /** As the script does: says which one comes, and ends at the first that fails. */
    private int runInTurn(HostName host, List<List<String>> commands, OutputStream out, OutputStream err)
            throws IOException {
        byte[] next = ("\n" + CommandsInTurn.NEXT + "\n").getBytes(StandardCharsets.UTF_8);
        for (List<String> words : commands) {
            out.write(next);
            err.write(next);
            int status = told(given(nodes, host, new ArrayList<>(words)), out, err);
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    private static CommandResult given(Executor nodes, HostName host, List<String> words) throws IOException {
        expect(words, "LC_ALL=C", "exec");
        if (!words.getLast().equals("</dev/null")) {
            throw new IOException("it could read: " + words);
        }
        words.removeLast();
        if (words.getFirst().equals("timeout")) {
            timed(words);
            boolean settles =
                    words.getFirst().equals("sh") && words.get(words.size() - 2).equals("settle");
            return settles
                    ? nodes.settle(host, new Guard(words.getLast()))
                    : nodes.ask(host, new Command(words, DEADLINE));
        }
        expect(words, "sh", "-c");
        words.removeFirst();
        String mark = words.removeFirst();
        timed(words);
        return nodes.change(
                host,
                new Guard(mark.replaceFirst("^bricklayer-", "").replaceFirst(":$", "")),
                new Command(words, DEADLINE));
    }

    private static void timed(List<String> words) throws IOException {
        expect(words, "timeout", "-k", "5");
        words.removeFirst();
    }

    private static void expect(List<String> words, String... first) throws IOException {
        for (String word : first) {
            if (!words.removeFirst().equals(word)) {
                throw new IOException("not what an executor sends: " + word + " is missing before " + words);
            }
        }
    }

    /** As a POSIX shell takes a line apart that quotes by single quotes and, for those, by backslashes. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                quoted = c != '\'';
                if (quoted) {
                    word.append(c);
                }
            } else if (c == '\'') {
                quoted = true;
                begun = true;
            } else if (c == '\\') {
                word.append(line.charAt(++i));
                begun = true;
            } else if (c == ' ') {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
