package bricklayer.injection;

import java.util.List;

/** Rules that cannot be taken; none of them is. */
public class UnusableRules extends IllegalArgumentException {

    private final transient List<String> problems;

    UnusableRules(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, each a sentence that names the rule. */
    public List<String> problems() {
        return problems;
    }
}
