package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One thing that is made to go wrong, and where. What is empty or 0 is left out, and matches everything or changes nothing. {@code *} in {@code operation}, {@code stage}, {@code step}, {@code node}
 * and {@code point} stands for any text.
 *
 * @param name under which it is logged and counted
 * @param operation kind, such as {@code create-volume}; of commands that change a node
 * @param step its name; taking it back is {@code undo-} and the name
 * @param node the first manage host name
 * @param command regular expression, looked for in the command line as it is shown in messages
 * @param output regular expression, looked for in what the command wrote (on standard error when it failed); the command has run then
 * @param questions whether it meets commands that only ask, too
 * @param point a fault point, such as {@code create-volume/bricks/create-thin-volume@node3:before}; stands alone
 * @param whileFile in force only while this file exists on the server's machine
 * @param probability above 0, up to 1; 0 for always
 * @param skip so many matches are let through first
 * @param every of those after them, each so-manieth is met; 0 for each
 * @param times after so many it is over; 0 for never
 * @param act {@code error}, {@code answer}, {@code delay}, {@code hang}, {@code lost-reply}, {@code garbage}, {@code truncated}, {@code unreachable} or {@code crash}
 * @param waitMs how long it waits before it acts; of {@code hang} 0 is the command's own deadline
 * @param status exit status of {@code error} (0 for 1) and {@code answer}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FaultRule(
        String name,
        String operation,
        String stage,
        String step,
        String node,
        String command,
        String output,
        boolean questions,
        String point,
        @JsonProperty("while_file") String whileFile,
        float probability,
        long skip,
        long every,
        long times,
        String act,
        @JsonProperty("wait_ms") long waitMs,
        int status,
        String stdout,
        String stderr) {

    public FaultRule {
        name = Absent.text(name);
        operation = Absent.text(operation);
        stage = Absent.text(stage);
        step = Absent.text(step);
        node = Absent.text(node);
        command = Absent.text(command);
        output = Absent.text(output);
        point = Absent.text(point);
        whileFile = Absent.text(whileFile);
        act = Absent.text(act);
        stdout = Absent.text(stdout);
        stderr = Absent.text(stderr);
    }

    /** What a rule in JSON may hold. */
    public static List<String> members() {
        return WireShape.of(FaultRule.class).members().stream()
                .map(WireShape.Member::name)
                .toList();
    }
}
