package bricklayer.http;

/** Decides before routing whether a request may go on. Called from many threads, for every request but the open ones; cheap. */
public interface Gate {

    /**
     * Lets the request in, or throws.
     *
     * @return who is asking, for the log; empty when that does not matter
     * @throws bricklayer.problem.Problem when the request may not go on
     */
    String admit(Incoming request);
}
