package bricklayer.host;

import java.util.function.Function;

/**
 * A question to a host: a command that changes nothing, and how to read its answer.
 *
 * @param answer reads what came back, whatever the exit status. Throws {@link UnreadableAnswer} when the answer is neither a yes nor a no: then the
 *     host is in a state that nobody may guess about.
 */
public record Query<T>(Command command, Function<CommandResult.Exited, T> answer) {

    public <U> Query<U> map(Function<? super T, ? extends U> then) {
        return new Query<>(command, exited -> then.apply(answer.apply(exited)));
    }
}
