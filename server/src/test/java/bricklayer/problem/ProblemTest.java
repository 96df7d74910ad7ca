package bricklayer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void theCommonOutcomesHaveHeketisStatusAndText() {
        assertThat(Problem.unparsable("x").status()).isEqualTo(422);
        assertThat(Problem.unparsable("x")).hasMessage("request unable to be parsed");
        assertThat(Problem.notFound().status()).isEqualTo(404);
        assertThat(Problem.notFound()).hasMessage("Id not found");
        assertThat(Problem.inUse().status()).isEqualTo(409);
        assertThat(Problem.inUse()).hasMessage("The target exists, contains other items, or is in use.");
        assertThat(Problem.busy(Duration.ofSeconds(1)).status()).isEqualTo(429);
        assertThat(Problem.busy(Duration.ofSeconds(1))).hasMessage("Server busy. Retry operation later.");
        assertThat(Problem.unavailable("x").status()).isEqualTo(503);
        assertThat(Problem.noSpace().status()).isEqualTo(500);
        assertThat(Problem.noSpace()).hasMessage("No space");
    }

    @Test
    void addingKeepsWhatWasThere() {
        HostFailure failure = new HostFailure(
                new HostName("n1"),
                Command.of(Duration.ofSeconds(1), "lvs"),
                new CommandResult.Exited(5, "", "no such vg"));

        Problem problem = Problem.busy(Duration.ofSeconds(3))
                .causedBy(failure)
                .detail("a", 1)
                .about("volume v")
                .next("wait")
                .detail("b", 2);

        assertThat(problem.retryAfter()).hasValue(Duration.ofSeconds(3));
        assertThat(problem.failure()).hasValue(failure);
        assertThat(problem).hasCause(failure);
        assertThat(problem.stderr()).isEqualTo("no such vg");
        assertThat(problem.object()).isEqualTo("volume v");
        assertThat(problem.next()).isEqualTo("wait");
        assertThat(problem.details()).containsExactly(java.util.Map.entry("a", 1), java.util.Map.entry("b", 2));
    }

    @Test
    void successIsNoProblem() {
        assertThatThrownBy(() -> Problem.of(200, "fine", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
