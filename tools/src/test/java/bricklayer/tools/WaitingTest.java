package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationDetails.Lane;
import bricklayer.api.PendingOperationDetails.Progress;
import bricklayer.client.TestTime;
import bricklayer.tools.Cli.Ended;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for an operation sees as much of it as was asked for, and the output proper stays what it is. */
class WaitingTest {

    private static final String ID = "a".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final TestTime time = new TestTime();
    private final StringWriter err = new StringWriter();
    private final Deque<PendingOperationDetails> answers = new ArrayDeque<>();

    private static final class Watched implements Terminal {
        @Override
        public boolean watched() {
            return true;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.of(40);
        }

        @Override
        public Optional<String> ask(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> line() {
            return Optional.empty();
        }
    }

    private ProgressView view(Terminal terminal) {
        return new ProgressView(
                id -> Optional.ofNullable(answers.poll()).orElseThrow(),
                new Surroundings(
                        Map.of(),
                        folder,
                        "",
                        false,
                        terminal,
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        time,
                        new SplittableRandom(1)));
    }

    private static PendingOperationDetails at(String stage, int done, Lane... lanes) {
        return new PendingOperationDetails(
                ID, "create-volume", "", "", List.of(), "", 0, "", stage, new Progress(done, 6), List.of(lanes));
    }

    private String shown() {
        String text = err.toString();
        err.getBuffer().setLength(0);
        return text;
    }

    @Test
    void onATerminalTheStepsOfEachNodeChangeInPlaceAndAreGoneInTheEnd() throws InterruptedException {
        ProgressView view = view(new Watched());
        view.accepted(ID);
        answers.add(at(
                "bricks",
                1,
                new Lane(List.of("node1"), "mount-brick", 1, 2),
                new Lane(List.of("node2"), "make-file-system", 0, 2)));
        view.waiting(ID);
        assertThat(shown()).isEqualTo("""
                        create-volume: bricks, 1 of 6 steps  0.
                          node1 mount-brick 1/2  0.0 s
                          node2 make-file-system 0/2  0.0 s
                        """);
        time.sleep(Duration.ofMillis(1500));
        answers.add(at(
                "bricks",
                3,
                new Lane(List.of("node1"), "mount-brick", 2, 2),
                new Lane(List.of("node2"), "mount-brick", 1, 2)));
        view.waiting(ID);
        assertThat(shown())
                .startsWith("\u001b[3A\u001b[J")
                .endsWith("  node1 mount-brick 2/2  1.5 s\n  node2 mount-brick 1/2  1.5 s\n");
        time.sleep(Duration.ofSeconds(1));
        answers.add(at(
                "bricks",
                3,
                new Lane(List.of("node1"), "mount-brick", 2, 2),
                new Lane(List.of("node2"), "mount-brick", 1, 2)));
        view.waiting(ID);
        assertThat(shown()).endsWith("  node1 mount-brick 2/2  1.5 s\n  node2 mount-brick 1/2  2.5 s\n");
        answers.add(at("volume", 4, new Lane(List.of("node1", "node2"), "create-gluster-volume", 0, 2)));
        view.waiting(ID);
        assertThat(shown())
                .startsWith("\u001b[3A\u001b[J")
                .endsWith("  node1 create-gluster-volume 0/2  0.0 s\n".substring(0, 39) + "\n");
        view.ended(ID);
        assertThat(shown()).isEqualTo("\u001b[2A\u001b[J");
    }

    @Test
    void elsewhereEachChangeIsALine() throws InterruptedException {
        ProgressView view = view(Terminal.NONE);
        view.accepted(ID);
        for (int i = 0; i < 3; i++) {
            answers.add(at("bricks", 1, new Lane(List.of("node1"), "mount-brick", 1, 2)));
            view.waiting(ID);
            time.sleep(Duration.ofSeconds(1));
        }
        view.ended(ID);
        assertThat(shown().lines())
                .containsExactly(
                        ID + " create-volume: bricks, 1 of 6 steps (node1 mount-brick 1/2), 0.0 s",
                        ID + " has ended after 3.0 s");
    }

    @Test
    void whatIsInTheWayIsShown() {
        ProgressView view = view(Terminal.NONE);
        view.accepted(ID);
        answers.add(new PendingOperationDetails(
                ID, "delete-volume", "failed", "", List.of(), "no ssh to node2", 2, "", "", null));
        view.waiting(ID);
        assertThat(shown()).startsWith(ID + " delete-volume: waiting: no ssh to node2");
    }

    @Test
    void withoutWaitingTheIdOfTheOperationIsAllThatIsPrinted() throws Exception {
        try (Cli cli = new Cli(folder, false)) {
            cli.loadThreeNodes();
            Ended left = cli.run("volume", "create", "--size=1", "--name=later", "--no-wait");
            assertThat(left.status()).isZero();
            assertThat(left.out()).matches("[0-9a-f]+\\R");
            assertThat(left.err()).isEmpty();
            assertThat(cli.run("volume", "create", "--size=1", "--wait").out()).contains("Volume Id: ");
            Ended both = cli.run("volume", "create", "--size=1", "--wait", "--no-wait");
            assertThat(both.status()).isEqualTo(2);
            assertThat(both.err()).contains("exclude each other");
        }
    }

    @Test
    void heketisNameKnowsNothingOfIt() throws Exception {
        try (Cli cli = new Cli(folder, true)) {
            cli.loadThreeNodes();
            assertThat(cli.run("volume", "create", "--size=1", "--no-wait").status())
                    .isEqualTo(255);
        }
    }
}
