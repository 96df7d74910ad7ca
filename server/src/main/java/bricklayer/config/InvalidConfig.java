package bricklayer.config;

import java.util.List;

/** The configuration cannot be used. The message holds all that is wrong with it, one thing a line, written for the operator. */
public class InvalidConfig extends RuntimeException {

    private final List<String> problems;

    InvalidConfig(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the table of settings; not empty. */
    public List<String> problems() {
        return problems;
    }
}
